/**
 * Patch: a change to one resource, as JSON Patch (RFC 6902) or as FHIRPath Patch (FHIR R4, fhirpatch.html). Pure: trees
 * in, trees out. Whether the result is a valid resource is for the update that follows to say.
 */
@NullMarked
package org.countyhub.fhir.resource.patch;

import org.jspecify.annotations.NullMarked;
