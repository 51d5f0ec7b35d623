package org.countyhub.fhir.search.index;

import java.util.List;
import java.util.Set;

/** The compiled form of a parameter's expression. */
sealed interface Selection {
    /** What is compared to learn whether other parameters cover this one; empty when none can. */
    Set<?> parts();

    /** The values that any of the paths finds. */
    record Elements(Set<CompiledPath> paths) implements Selection {
        @Override
        public Set<?> parts() {
            return paths;
        }
    }

    /** Whether any of the resource's own elements is there and is not {@code false}. */
    record Affirmed(CompiledPath resource, Set<String> properties) implements Selection {
        @Override
        public Set<?> parts() {
            return Set.of();
        }
    }

    /** Combinations of values found together below the same element. */
    record Tuples(Set<Base> bases) implements Selection {
        @Override
        public Set<?> parts() {
            return bases;
        }

        /** An element that holds the components together, and where each component finds its values. */
        record Base(CompiledPath path, List<Component> components) {}

        /**
         * The values of one component.
         *
         * @param kind how they are converted
         * @param paths from the base, or from the resource when the component lies outside of the base
         * @param outside whether the paths start at the resource
         */
        record Component(SearchType kind, Set<CompiledPath> paths, boolean outside) {}
    }

    /** Nothing that an index of values could hold, such as a position on the globe. */
    record Nothing() implements Selection {
        @Override
        public Set<?> parts() {
            return Set.of();
        }
    }
}
