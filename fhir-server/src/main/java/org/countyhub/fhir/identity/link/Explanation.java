package org.countyhub.fhir.identity.link;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why two records were or were not taken for one person.
 *
 * @param rule the rule that decided, such as {@code equal-verified-code}
 * @param weight log2 of how much likelier the agreements are for one person than for two; 0 for rules that do not weigh
 * @param fields what was compared
 * @param conflicts what speaks against one person whatever the weight
 * @param model version of the model that weighed, 0 for the start model; null where nothing was weighed
 */
record Explanation(
        String rule,
        double weight,
        List<Field> fields,
        List<String> conflicts,
        @Nullable Integer model) {
    /** How one field agreed, such as {@code name} at level {@code exact}, and what that weighs. */
    public record Field(String name, String level, double weight) {}

    public Explanation {
        fields = List.copyOf(fields);
        conflicts = List.copyOf(conflicts);
    }

    /** Of a decision that no model weighed. */
    Explanation(String rule, double weight, List<Field> fields, List<String> conflicts) {
        this(rule, weight, fields, conflicts, null);
    }

    Explanation by(int version) {
        return new Explanation(rule, weight, fields, conflicts, version);
    }
}
