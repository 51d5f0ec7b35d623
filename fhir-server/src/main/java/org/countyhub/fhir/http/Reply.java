package org.countyhub.fhir.http;

import java.time.Instant;
import org.countyhub.fhir.resource.StoredVersion;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an interaction, before it is put into the format that the client asked for.
 *
 * @param status the HTTP status
 * @param json a resource as UTF-8 JSON; empty for no body
 * @param location relative to the base, such as {@code Patient/1/_history/2}; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(
        int status,
        byte[] json,
        @Nullable String etag,
        @Nullable Instant lastModified,
        @Nullable String location,
        int retryAfterSeconds) {
    private static final byte[] NOTHING = {};

    static Reply of(int status, byte[] json) {
        return new Reply(status, json, null, null, null, 0);
    }

    /** A version of a resource with its validators. */
    static Reply of(int status, StoredVersion version) {
        return new Reply(status, version.json(), version.etag(), version.lastUpdated(), null, 0);
    }

    static Reply empty(int status) {
        return of(status, NOTHING);
    }

    Reply withJson(byte[] other) {
        return new Reply(status, other, etag, lastModified, location, retryAfterSeconds);
    }

    Reply withLocation(String to) {
        return new Reply(status, json, etag, lastModified, to, retryAfterSeconds);
    }

    Reply withRetryAfter(int seconds) {
        return new Reply(status, json, etag, lastModified, location, seconds);
    }
}
