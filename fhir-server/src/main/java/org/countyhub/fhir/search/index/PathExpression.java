package org.countyhub.fhir.search.index;

import java.util.List;

/** As much of FHIRPath as R4's search parameters are written in. */
sealed interface PathExpression {
    /** {@code A.b | A.c}: what any of the paths finds. */
    record Union(List<Path> paths) implements PathExpression {}

    /** {@code A.b.exists() and A.b != false}: one boolean, whatever the resource holds. */
    record Affirmed(Path path) implements PathExpression {}

    /** A name, which may be that of the resource's type, and the steps from there. */
    record Path(String first, List<Step> steps) {}

    /** One step of a path. */
    sealed interface Step {
        /** {@code .b}. */
        record Child(String name) implements Step {}

        /** {@code as X}, {@code .as(X)}, {@code .ofType(X)}. */
        record OfType(String type) implements Step {}

        /** {@code .where(resolve() is X)}. */
        record RefersTo(String resourceType) implements Step {}

        /** {@code .where(a='b')}. */
        record Having(String child, String value) implements Step {}

        /** {@code [0]}. */
        record At(int index) implements Step {}
    }
}
