package org.countyhub.fhir.resource.patch;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a FHIRPath expression yields: elements of the resource, or values computed on the way. */
sealed interface Item permits Item.Atom, Element {
    /** The plain value; null for an element that has none, such as a HumanName. */
    @Nullable
    Atom atom();

    /** A plain value (FHIRPath section 4.1). */
    sealed interface Atom extends Item {
        @Override
        default Atom atom() {
            return this;
        }
    }

    record Flag(boolean value) implements Atom {}

    record Numeral(BigDecimal value) implements Atom {}

    record Text(String value) implements Atom {}

    /** A date, time or dateTime in its FHIR form. */
    record Moment(String text) implements Atom {}
}
