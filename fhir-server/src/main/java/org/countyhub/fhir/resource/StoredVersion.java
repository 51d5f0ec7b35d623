package org.countyhub.fhir.resource;

import java.time.Instant;

/**
 * One version of a resource as it is stored.
 *
 * @param surrogate the number that stands for the resource inside the store, the same for all its versions; grows with
 *     the time of creation
 * @param version 1 for the first version; 0 when the resource was only referenced so far
 * @param lastUpdated to the millisecond
 * @param json the resource as UTF-8 JSON with its id and meta, ready to be sent; empty when deleted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes go to the wire as they are
public record StoredVersion(
        ResourceKey key, long surrogate, int version, Instant lastUpdated, Change change, byte[] json) {

    /** The relative address of this version, {@code Patient/1/_history/2}. */
    public String location() {
        return key + "/_history/" + version;
    }

    /** The weak entity tag of this version (section 3.1.0.1.3). */
    public String etag() {
        return "W/\"" + version + "\"";
    }
}
