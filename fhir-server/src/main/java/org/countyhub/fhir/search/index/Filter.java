package org.countyhub.fhir.search.index;

import com.fasterxml.jackson.databind.JsonNode;

/** Which of the elements behind a JSON property a path follows. */
sealed interface Filter {
    Filter NONE = new Every();

    /**
     * Whether the path follows this element.
     *
     * @param index its place among the property's elements
     */
    boolean accepts(JsonNode element, int index);

    /** All of them. */
    record Every() implements Filter {
        @Override
        public boolean accepts(JsonNode element, int index) {
            return true;
        }
    }

    /** {@code [0]}. */
    record At(int position) implements Filter {
        @Override
        public boolean accepts(JsonNode element, int index) {
            return index == position;
        }
    }

    /** {@code where(system='phone')}. */
    record Having(String child, String value) implements Filter {
        @Override
        public boolean accepts(JsonNode element, int index) {
            return value.equals(element.path(child).textValue());
        }
    }

    /** {@code where(resolve() is Patient)}, decided without reading the target. */
    record RefersTo(String resourceType) implements Filter {
        @Override
        public boolean accepts(JsonNode element, int index) {
            return References.refersTo(element, resourceType);
        }
    }
}
