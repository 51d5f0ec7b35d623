package org.countyhub.fhir.search.index;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One R4 search parameter of one resource type. {@link SearchParameters} holds one instance of each; two are equal when
 * type and code are.
 *
 * @param type the resource type, such as {@code Observation}
 * @param code the name in a query, such as {@code combo-code} or {@code _tag}
 * @param kind how values are compared
 * @param expression the FHIRPath that finds the values, restricted to this type
 * @param targets what a {@link SearchType#REFERENCE} may point to; empty when anything
 * @param components the parameters whose values a {@link SearchType#COMPOSITE} combines, in order; else empty
 * @param answeredBy when every path of this parameter is covered by other parameters of the same type and kind
 *     ({@code combo-code} by {@code code} and {@code component-code}), those; else empty. Such a parameter has no index
 *     entries of its own: a query for it asks any of these.
 */
public record SearchParameter(
        String type,
        String code,
        SearchType kind,
        String expression,
        Set<String> targets,
        List<SearchParameter> components,
        List<SearchParameter> answeredBy) {
    public SearchParameter {
        targets = Set.copyOf(targets);
        components = List.copyOf(components);
        answeredBy = List.copyOf(answeredBy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SearchParameter that && type.equals(that.type) && code.equals(that.code);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + code.hashCode();
    }

    /** {@code Observation.combo-code}. */
    @Override
    public String toString() {
        return type + "." + code;
    }
}
