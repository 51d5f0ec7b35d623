package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one type that have been created or changed, in the order of their changes (R4 section 3.1.1.4.3, _lastUpdated). A
 * resource is in the feed once for its newest version, and may be in it again: what was written in the last minutes is read
 * again, because a transaction that began earlier may be seen later.
 */
final class ChangeFeed {
    private static final Duration OVERLAP = Duration.ofMinutes(2);
    private static final String PAGE = "100";
    private static final int PAGES_A_ROUND = 20;
    private static final int RETRY_SECONDS = 5;

    private final FhirClient client;
    private final String type;
    private final FeedPosition position;
    private final Consumer<List<JsonNode>> each;
    /** The next page of what the last round did not come to the end of: after an initial load there may be thousands. */
    private @Nullable String rest;

    /**
     * A feed.
     *
     * @param each takes a page; when it throws, the page will come again
     */
    ChangeFeed(FhirClient client, String type, Clock clock, Consumer<List<JsonNode>> each) {
        this.client = client;
        this.type = type;
        this.position = new FeedPosition(client, type, clock);
        this.each = each;
    }

    /** Reads what is new; says whether there is more. */
    boolean read() {
        String query = rest != null ? rest : fromPosition();
        rest = null; // should this fail, the next round starts at the position
        for (int page = 0; page < PAGES_A_ROUND; page++) {
            JsonNode found = client.get(type + "?" + query).ok();
            List<JsonNode> resources = FhirClient.matches(found);
            if (!resources.isEmpty()) {
                each.accept(resources);
                position.advance(changed(resources.getLast()));
            }
            String next = next(found);
            if (next == null) {
                return false;
            }
            query = next;
        }
        rest = query;
        return true;
    }

    private String fromPosition() {
        Instant since = position.get().minus(OVERLAP);
        return FhirClient.form(Map.of("_lastUpdated", "ge" + since)) + "&_sort=_lastUpdated&_count=" + PAGE;
    }

    private static Instant changed(JsonNode resource) {
        try {
            return Instant.parse(resource.path("meta").path("lastUpdated").asText());
        } catch (DateTimeParseException e) {
            throw Problem.busy("the FHIR server did not say when a resource was changed", RETRY_SECONDS);
        }
    }

    /** The parameters of the next page; only these are taken from the link, so that no answer leads to another server. */
    private static @Nullable String next(JsonNode searchset) {
        for (JsonNode link : searchset.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                try {
                    return URI.create(link.path("url").asText()).getRawQuery();
                } catch (IllegalArgumentException e) {
                    throw Problem.busy("the FHIR server gave a next page without an address", RETRY_SECONDS);
                }
            }
        }
        return null;
    }

    /** Keeps the position for the next start. */
    void keep() {
        position.write();
    }
}
