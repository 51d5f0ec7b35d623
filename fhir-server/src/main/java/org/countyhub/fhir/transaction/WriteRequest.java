package org.countyhub.fhir.transaction;

import org.jspecify.annotations.Nullable;

/**
 * A write and its place in the request.
 *
 * @param fullUrl how other entries of a transaction refer to the resource, or null
 * @param place where the resource stands in the request, such as {@code Bundle.entry[3].resource}; empty for the body
 *     itself
 */
public record WriteRequest(
        WriteOperation operation, @Nullable String fullUrl, String place) {
    /** A write that is a request of its own. */
    public static WriteRequest of(WriteOperation operation) {
        return new WriteRequest(operation, null, "");
    }
}
