package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A change to one resource: JSON Patch (RFC 6902) or FHIRPath Patch (FHIR R4, fhirpatch.html). A patch is immutable, may
 * be applied many times and by many threads, so a retry after a lost race needs no second parse.
 */
public sealed interface Patch permits JsonPatch, FhirPathPatch {
    /** The most operations that one patch may have. */
    int MAX_OPERATIONS = 1_000;

    /**
     * The resource after all operations. The tree given is never touched; an operation that cannot be applied refuses
     * the whole patch.
     *
     * <p>FHIR R4, section patch of the RESTful API: a failing JSON Patch test is answered with 422. An operation whose
     * target is not there is the same case, a well-formed request that does not fit the resource, and is answered alike.
     *
     * @param current the resource as stored
     * @throws org.countyhub.kernel.ProblemException {@code Unprocessable} when an operation does not fit the resource or
     *     the patch would change its type or id; {@code TooCostly} when the work or the result exceeds the bounds
     */
    ObjectNode apply(ObjectNode current);
}
