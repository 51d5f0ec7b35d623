package org.countyhub.fhir.identity.link;

import java.util.List;

/**
 * Why two records were or were not taken for one person.
 *
 * @param rule the rule that decided, such as {@code equal-verified-code}
 * @param weight log2 of how much likelier the agreements are for one person than for two; 0 for rules that do not weigh
 * @param fields what was compared
 * @param conflicts what speaks against one person whatever the weight
 */
record Explanation(String rule, double weight, List<Field> fields, List<String> conflicts) {
    /** How one field agreed, such as {@code name} at level {@code exact}, and what that weighs. */
    public record Field(String name, String level, double weight) {}

    public Explanation {
        fields = List.copyOf(fields);
        conflicts = List.copyOf(conflicts);
    }
}
