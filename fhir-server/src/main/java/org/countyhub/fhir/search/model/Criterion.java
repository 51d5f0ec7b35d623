package org.countyhub.fhir.search.model;

import java.util.List;
import org.countyhub.fhir.search.index.SearchParameter;

/** One condition of a search; its values are alternatives (FHIR R4 section 3.1.1.3). */
public sealed interface Criterion {
    /** A value of the parameter is one of the tokens. */
    record Tokens(SearchParameter parameter, List<TokenValue> anyOf) implements Criterion {}

    /** The parameter refers to one of the targets. */
    record References(SearchParameter parameter, List<ReferenceValue> anyOf) implements Criterion {}

    /** The parameter refers to a resource for which one of the links holds (section 3.1.1.4.4, chaining). */
    record Chain(SearchParameter parameter, List<Link> anyOf) implements Criterion {}

    /** A text of the parameter starts with, or is, one of the values. */
    record Strings(SearchParameter parameter, StringMatch match, List<String> anyOf) implements Criterion {}

    /** A URI of the parameter is one of the values. */
    record Uris(SearchParameter parameter, List<String> anyOf) implements Criterion {}

    /** A date of the parameter meets one of the comparisons. */
    record Dates(SearchParameter parameter, List<DateValue> anyOf) implements Criterion {}

    /** The logical id is one of these. */
    record Ids(List<String> anyOf) implements Criterion {}

    /** The time of the last change meets one of the comparisons. */
    record LastUpdated(List<DateValue> anyOf) implements Criterion {}

    /** A chained condition on targets of one type. */
    record Link(String targetType, Criterion criterion) {}

    /** How texts are compared (section 3.1.1.4.8). */
    enum StringMatch {
        /** Folded text that starts with the folded value. */
        STARTS_WITH,
        /** {@code :exact}: the text itself, case and accents included. */
        EXACT
    }
}
