package org.countyhub.fhir.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** read and vread, plain and conditional (FHIR R4 sections 3.1.0.2 and 3.1.0.3). */
final class ReadEndpoint {
    private final ResourceStore store;

    ReadEndpoint(ResourceStore store) {
        this.store = store;
    }

    Reply read(ResourceKey key, FhirRequest.Conditions conditions) {
        StoredVersion current = store.read(key);
        if (current == null) {
            throw Problem.notFound(key + " is not known");
        }
        requireReadable(current);
        return unchanged(current, conditions) ? notModified(current) : Reply.of(200, current);
    }

    Reply readVersion(ResourceKey key, String versionId) {
        StoredVersion version =
                versionId.matches("[1-9][0-9]{0,8}") ? store.readVersion(key, Integer.parseInt(versionId)) : null;
        if (version == null) {
            throw Problem.notFound(key + " has no version " + versionId);
        }
        requireReadable(version);
        return Reply.of(200, version);
    }

    private static void requireReadable(StoredVersion version) {
        if (version.change() == Change.DELETE) {
            throw new Problem.Gone(List.of(Fault.of("deleted", version.key() + " was deleted")), version.location())
                    .exception();
        }
    }

    private static Reply notModified(StoredVersion version) {
        return Reply.of(304, version).withJson(new byte[0]);
    }

    /** If-None-Match wins over If-Modified-Since (RFC 9110 section 13.2.2). */
    private static boolean unchanged(StoredVersion current, FhirRequest.Conditions conditions) {
        String ifNoneMatch = conditions.ifNoneMatch();
        if (ifNoneMatch != null) {
            // Section 13.1.2: compared weakly, so W/ does not count.
            return ifNoneMatch.equals("*")
                    || Stream.of(ifNoneMatch.split(",", -1))
                            .map(tag -> tag.strip().replaceFirst("^W/", ""))
                            .anyMatch(("\"" + current.version() + "\"")::equals);
        }
        Instant since = httpDate(conditions.ifModifiedSince());
        return since != null
                && !current.lastUpdated().truncatedTo(ChronoUnit.SECONDS).isAfter(since);
    }

    private static @Nullable Instant httpDate(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null; // RFC 9110 section 13.1.3: an invalid date is ignored
        }
    }
}
