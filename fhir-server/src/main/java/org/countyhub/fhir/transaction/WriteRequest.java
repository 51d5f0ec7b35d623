package org.countyhub.fhir.transaction;

import java.util.List;
import org.countyhub.kernel.Fault;
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
        return EntryPlace.within(place, sentType(), criteria(), refusal);
    }

    /** The same faults with the place of this write. */
    List<Fault> placed(List<Fault> faults) {
        return EntryPlace.within(place, sentType(), criteria(), faults);
    }

    private @Nullable String sentType() {
        return switch (operation) {
            case WriteOperation.Create create -> create.type();
            case WriteOperation.Update update ->
                update.resource().path("resourceType").asText();
            case WriteOperation.PatchResource ignored -> null;
            case WriteOperation.Delete ignored -> null;
        };
    }

    private String criteria() {
        return operation instanceof WriteOperation.Create ? "request.ifNoneExist" : "request.url";
    }
}
