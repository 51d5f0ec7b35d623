package org.countyhub.fhir.resource.patch;

/** One operation of a FHIRPath Patch (FHIR R4, fhirpatch.html). Indexes count from 0. */
sealed interface FhirPathOperation {
    PathExpression path();

    record Add(PathExpression path, String name, PatchValue value) implements FhirPathOperation {}

    record Insert(PathExpression path, int index, PatchValue value) implements FhirPathOperation {}

    record Delete(PathExpression path) implements FhirPathOperation {}

    record Replace(PathExpression path, PatchValue value) implements FhirPathOperation {}

    record Move(PathExpression path, int source, int destination) implements FhirPathOperation {}
}
