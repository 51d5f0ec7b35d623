package org.countyhub.kernel;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The switches of an application, read once from the environment (ARCHITECTURE.md lists them). Everything else has one
 * right value and is no switch.
 */
public final class Settings {
    private final Map<String, String> environment;

    public Settings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** An external PostgreSQL, when one is configured. The password may be empty (peer or certificate login). */
    public record Database(String jdbcUrl, String user, String password) {
        @Override
        public String toString() {
            return "Database[" + jdbcUrl + ", " + user + "]";
        }
    }

    /** Where the embedded database, blobs and logs live: HUB_DATA_DIR, by default {@code ./data}. */
    public Path dataDirectory() {
        return Path.of(text("HUB_DATA_DIR", "data")).toAbsolutePath().normalize();
    }

    /** HUB_DB_URL, HUB_DB_USER, HUB_DB_PASSWORD; empty means the embedded database. */
    public Optional<Database> externalDatabase() {
        String url = text("HUB_DB_URL", "");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("HUB_DB_URL must start with jdbc:postgresql: but is " + url);
        }
        return Optional.of(new Database(url, text("HUB_DB_USER", ""), text("HUB_DB_PASSWORD", "")));
    }

    /** A text switch; blank counts as not set. */
    public String text(String name, String ifUnset) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? ifUnset : value.strip();
    }

    /** A whole number within its bounds, both inclusive. */
    public int number(String name, int ifUnset, int lowInclusive, int highInclusive) {
        String value = text(name, Integer.toString(ifUnset));
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number but is " + value, e);
        }
        if (number < lowInclusive || number > highInclusive) {
            throw new IllegalArgumentException(
                    name + " must be from " + lowInclusive + " to " + highInclusive + " but is " + number);
        }
        return number;
    }

    /** A switch that is on or off: {@code true} or {@code false}. */
    public boolean flag(String name, boolean ifUnset) {
        String value = text(name, Boolean.toString(ifUnset));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + " must be true or false but is " + value);
        };
    }
}
