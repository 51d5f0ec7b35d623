package org.countyhub.fhir.http;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.countyhub.fhir.resource.StoredVersion;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an interaction, before it is put into the format that the client asked for.
 *
 * @param status the HTTP status
 * @param json a resource as UTF-8 JSON; empty for no body
 * @param xml the same as XML, where that is at hand; null otherwise
 * @param location relative to the base, such as {@code Patient/1/_history/2}; null for none
 * @param warnings an OperationOutcome that goes with the resource where there is room for both, which is in a Bundle; null
 *     for none
 * @param allowed the methods offered where the one asked for is not; empty otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(
        int status,
        byte[] json,
        @Nullable Supplier<byte[]> xml,
        @Nullable String etag,
        @Nullable Instant lastModified,
        @Nullable String location,
        byte @Nullable [] warnings,
        List<String> allowed,
        int retryAfterSeconds) {
    private static final byte[] NOTHING = {};

    static Reply of(int status, byte[] json) {
        return new Reply(status, json, null, null, null, null, null, List.of(), 0);
    }

    /** A version of a resource with its validators. */
    static Reply of(int status, StoredVersion version) {
        return of(status, version, version.json());
    }

    /** Something else about a version of a resource, with the version's validators. */
    static Reply of(int status, StoredVersion version, byte[] json) {
        return new Reply(status, json, null, version.etag(), version.lastUpdated(), null, null, List.of(), 0);
    }

    static Reply empty(int status) {
        return of(status, NOTHING);
    }

    Reply withJson(byte[] other) {
        return new Reply(status, other, null, etag, lastModified, location, warnings, allowed, retryAfterSeconds);
    }

    Reply withXml(Supplier<byte[]> same) {
        return new Reply(status, json, same, etag, lastModified, location, warnings, allowed, retryAfterSeconds);
    }

    Reply withLocation(String to) {
        return new Reply(status, json, xml, etag, lastModified, to, warnings, allowed, retryAfterSeconds);
    }

    Reply withWarnings(byte[] outcome) {
        return new Reply(status, json, xml, etag, lastModified, location, outcome, allowed, retryAfterSeconds);
    }

    Reply withAllowed(List<String> methods) {
        return new Reply(status, json, xml, etag, lastModified, location, warnings, methods, retryAfterSeconds);
    }

    Reply withRetryAfter(int seconds) {
        return new Reply(status, json, xml, etag, lastModified, location, warnings, allowed, seconds);
    }
}
