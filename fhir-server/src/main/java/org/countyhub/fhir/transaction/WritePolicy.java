package org.countyhub.fhir.transaction;

/**
 * What the county lets pass.
 *
 * @param missingReferences whether a resource may refer to a local resource that does not exist (yet); refused otherwise
 * @param referencedDeletes whether a resource may be deleted that others still refer to; refused otherwise
 * @param multipleDeletes whether a conditional delete may delete more than one resource
 */
public record WritePolicy(boolean missingReferences, boolean referencedDeletes, boolean multipleDeletes) {
    public static final WritePolicy STRICT = new WritePolicy(false, false, false);
}
