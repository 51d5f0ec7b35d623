package org.countyhub.fhir.transaction;

import java.util.List;
import org.countyhub.fhir.resource.EntityTags;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a resource for a write to it to be carried out (RFC 9110 section 13.2.2, FHIR R4 section 3.1.0.5).
 * What does not hold is refused as {@code StaleVersion}.
 *
 * @param ifMatch the current version must be one of these, or null
 * @param ifNoneMatch the current version must be none of these, or null
 */
public record Preconditions(
        @Nullable EntityTags ifMatch, @Nullable EntityTags ifNoneMatch) {
    public static final Preconditions NONE = new Preconditions(null, null);

    /** From the values of If-Match and If-None-Match. */
    public static Preconditions of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch == null && ifNoneMatch == null) {
            return NONE;
        }
        EntityTags expected = ifMatch == null ? null : EntityTags.parse(ifMatch);
        if (expected != null && !expected.any() && expected.versions().isEmpty()) {
            throw stale("If-Match", "no version of a resource is called " + ifMatch);
        }
        return new Preconditions(expected, ifNoneMatch == null ? null : EntityTags.parse(ifNoneMatch));
    }

    /** Refuses to go on unless what is stored is what the client expects. */
    void require(@Nullable StoredVersion stored, ResourceKey key) {
        boolean current = stored != null && stored.change().readable();
        int version = stored == null ? 0 : stored.version();
        if (ifMatch != null && (ifMatch.any() ? !current : !ifMatch.match(version))) {
            throw stale(
                    "If-Match",
                    ifMatch.any() || version == 0
                            ? key + " does not exist, but the request expects " + expected(ifMatch)
                            : "the current version of " + key + " is " + version + ", but the request expects "
                                    + expected(ifMatch));
        }
        if (ifNoneMatch != null && current && ifNoneMatch.match(version)) {
            throw stale(
                    "If-None-Match",
                    key + " exists in version " + version + ", but the request is for "
                            + (ifNoneMatch.any() ? "a resource that does not exist" : "another version"));
        }
    }

    /** Whether the resource must exist, in whatever version. */
    boolean expectsAny() {
        return ifMatch != null && ifMatch.any();
    }

    /** As {@link #require}, of a resource that a condition did not find. */
    void requireOfNothing(String type) {
        if (expectsAny()) {
            throw stale("If-Match", "no " + type + " meets the criteria, but the request expects one");
        }
    }

    private static String expected(EntityTags tags) {
        return tags.any()
                ? "a version of it"
                : String.join(
                        " or ",
                        tags.versions().stream().sorted().map(String::valueOf).toList());
    }

    private static RuntimeException stale(String header, String diagnostics) {
        return new Problem.StaleVersion(List.of(Fault.at(header, "conflict", diagnostics))).exception();
    }
}
