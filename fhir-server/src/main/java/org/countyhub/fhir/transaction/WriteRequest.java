package org.countyhub.fhir.transaction;

import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A write and its place in the request.
 *
 * @param fullUrl how other entries of a transaction refer to the resource, or null
 * @param place the entry of a Bundle that it is, such as {@code Bundle.entry[3]}; empty for a request of its own
 */
public record WriteRequest(
        WriteOperation operation, @Nullable String fullUrl, String place) {
    /** A write that is a request of its own. */
    public static WriteRequest of(WriteOperation operation) {
        return new WriteRequest(operation, null, "");
    }

    /** Where its resource stands, such as {@code Bundle.entry[3].resource}; empty for the body of a request. */
    String content() {
        return place.isEmpty() ? "" : place + ".resource";
    }

    /** Where an element of its resource stands. */
    String content(String type, String element) {
        return (place.isEmpty() ? type : content()) + "." + element;
    }

    /** The same refusal with the place of this write, where it names a place within the write only. */
    ProblemException placed(ProblemException refusal) {
        return switch (operation) {
            case WriteOperation.Create create ->
                EntryPlace.within(place, create.type(), "request.ifNoneExist", refusal);
            case WriteOperation.Update update ->
                EntryPlace.within(place, update.resource().path("resourceType").asText(), "request.url", refusal);
            case WriteOperation.PatchResource ignored -> EntryPlace.within(place, null, "request.url", refusal);
            case WriteOperation.Delete ignored -> EntryPlace.within(place, null, "request.url", refusal);
        };
    }
}
