package org.countyhub.fhir.resource;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The type and logical id of a resource, such as {@code Patient/123} (FHIR R4 section 2.27.4, logical id). */
public record ResourceKey(String type, String id) implements Comparable<ResourceKey> {
    private static final Comparator<ResourceKey> ORDER =
            Comparator.comparing(ResourceKey::type).thenComparing(ResourceKey::id);
    private static final int MAX_ID_LENGTH = 64;

    /** Whether the text is a logical id: 1 to 64 of {@code [A-Za-z0-9-.]} (section 2.24.0.1). */
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    /**
     * The key that a relative literal reference names, {@code Type/id} or {@code Type/id/_history/version}; null when
     * the text is no such reference (section 2.3.0.1).
     */
    public static @Nullable ResourceKey ofReference(String reference) {
        int slash = reference.indexOf('/');
        if (slash <= 0 || !Character.isUpperCase(reference.charAt(0))) {
            return null;
        }
        int end = reference.indexOf('/', slash + 1);
        if (end >= 0 && !reference.startsWith("/_history/", end)) {
            return null;
        }
        String id = end < 0 ? reference.substring(slash + 1) : reference.substring(slash + 1, end);
        String type = reference.substring(0, slash);
        return isId(id) && isTypeName(type) ? new ResourceKey(type, id) : null;
    }

    private static boolean isTypeName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    /** The relative reference, {@code Type/id}. */
    @Override
    public String toString() {
        return type + "/" + id;
    }
}
