package org.countyhub.fhir.http;

import java.time.Instant;
import java.util.List;
import org.countyhub.fhir.disclosure.Disclosure.Kind;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.EntityTags;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** read and vread, plain and conditional (FHIR R4 sections 3.1.0.2 and 3.1.0.3). */
final class ReadEndpoint {
    private static final byte[] NOTHING = {};

    private final ResourceStore store;

    ReadEndpoint(ResourceStore store) {
        this.store = store;
    }

    Reply read(ResourceKey key, FhirRequest request) {
        StoredVersion current = store.read(key);
        if (current == null) {
            throw Problem.notFound(key + " is not known");
        }
        return reply(current, request);
    }

    Reply readVersion(ResourceKey key, String versionId, FhirRequest request) {
        StoredVersion version =
                versionId.matches("[1-9][0-9]{0,8}") ? store.readVersion(key, Integer.parseInt(versionId)) : null;
        if (version == null) {
            throw Problem.notFound(key + " has no version " + versionId);
        }
        return reply(version, request);
    }

    private static Reply reply(StoredVersion version, FhirRequest request) {
        requireReadable(version);
        request.room().take(version.json().length);
        if (unchanged(version, request.conditions())) {
            return Reply.of(304, version, NOTHING);
        }
        request.disclosed().version(Kind.READ, version);
        return Reply.of(200, version);
    }

    private static void requireReadable(StoredVersion version) {
        if (version.change() == Change.DELETE) {
            throw new Problem.Gone(List.of(Fault.of("deleted", version.key() + " was deleted")), version.location())
                    .exception();
        }
    }

    /** If-None-Match wins over If-Modified-Since (RFC 9110 section 13.2.2). */
    private static boolean unchanged(StoredVersion version, FhirRequest.Conditions conditions) {
        String ifNoneMatch = conditions.ifNoneMatch();
        if (ifNoneMatch != null) {
            return EntityTags.parse(ifNoneMatch).match(version.version());
        }
        Instant since = conditions.ifModifiedSince();
        return since != null && !version.lastUpdated().isAfter(since);
    }
}
