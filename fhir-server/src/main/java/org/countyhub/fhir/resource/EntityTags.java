package org.countyhub.fhir.resource;

import java.util.HashSet;
import java.util.Set;

/**
 * The entity tags of an If-Match or If-None-Match (RFC 9110 sections 13.1.1 and 13.1.2), compared weakly, so that W/
 * does not count (FHIR R4 section 3.1.0.1.3).
 *
 * @param any whether it is {@code *}, which any current version matches
 * @param versions the versions named; text that cannot be the tag of a version names none
 */
public record EntityTags(boolean any, Set<Integer> versions) {
    public EntityTags {
        versions = Set.copyOf(versions);
    }

    public static EntityTags parse(String header) {
        if (header.strip().equals("*")) {
            return new EntityTags(true, Set.of());
        }
        Set<Integer> versions = new HashSet<>();
        for (String part : header.split(",", -1)) {
            String tag = part.strip();
            tag = tag.startsWith("W/") ? tag.substring(2) : tag;
            tag = tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"")
                    ? tag.substring(1, tag.length() - 1)
                    : tag;
            if (tag.matches("[0-9]{1,9}")) {
                versions.add(Integer.valueOf(tag));
            }
        }
        return new EntityTags(false, versions);
    }

    /** Whether a version that is current is among them. */
    public boolean match(int version) {
        return any || versions.contains(version);
    }
}
