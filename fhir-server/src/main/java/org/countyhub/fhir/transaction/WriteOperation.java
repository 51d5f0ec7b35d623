package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.countyhub.fhir.resource.patch.Patch;
import org.jspecify.annotations.Nullable;

/** One write that a client asks for (FHIR R4 sections 3.1.0.4 to 3.1.0.8). */
public sealed interface WriteOperation {
    /**
     * A new resource under an id that the server assigns.
     *
     * @param ifNoneExist criteria of a conditional create, or null
     */
    record Create(
            String type, ObjectNode resource, @Nullable String ifNoneExist) implements WriteOperation {}

    /**
     * New content of a resource, which comes to be if it does not exist yet.
     *
     * @param preconditions what the client believes to be stored
     */
    record Update(Target target, ObjectNode resource, Preconditions preconditions) implements WriteOperation {}

    /** A change to a resource that exists. */
    record PatchResource(Target target, Patch patch, Preconditions preconditions) implements WriteOperation {}

    /** The end of a resource; its history stays. */
    record Delete(Target target, Preconditions preconditions) implements WriteOperation {}
}
