package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecificationExamplesTest {
    /** Published with R4, and against it. */
    private static final Map<String, String> AGAINST_THE_SPECIFICATION = Map.ofEntries(
            // SearchParameter.base is 1..*, these have none.
            Map.entry("json/spec/codesystem-extensions-CodeSystem-author.json", "required at SearchParameter.base"),
            Map.entry("json/spec/codesystem-extensions-CodeSystem-effective.json", "required at SearchParameter.base"),
            Map.entry("json/spec/codesystem-extensions-CodeSystem-end.json", "required at SearchParameter.base"),
            Map.entry("json/spec/codesystem-extensions-CodeSystem-keyword.json", "required at SearchParameter.base"),
            Map.entry("json/spec/codesystem-extensions-CodeSystem-workflow.json", "required at SearchParameter.base"),
            Map.entry("json/spec/valueset-extensions-ValueSet-author.json", "required at SearchParameter.base"),
            Map.entry("json/spec/valueset-extensions-ValueSet-effective.json", "required at SearchParameter.base"),
            Map.entry("json/spec/valueset-extensions-ValueSet-end.json", "required at SearchParameter.base"),
            Map.entry("json/spec/valueset-extensions-ValueSet-keyword.json", "required at SearchParameter.base"),
            Map.entry("json/spec/valueset-extensions-ValueSet-workflow.json", "required at SearchParameter.base"),
            // An id of 66 characters.
            Map.entry(
                    "json/spec/questionnaireresponse-extensions-QuestionnaireResponse-item-subject.json",
                    "value at SearchParameter.id"),
            // The manifest of a package, not a resource.
            Map.entry("json/spec/package-min-ver.json", "required at Resource"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec-json.txt",
                "ibm-json.txt",
                "profiles-pdex-plan-net-json.txt",
                "profiles-pdex-formulary-json.txt"
            })
    void everyReadableExampleIsAcceptedAndWrittenBackEqual(String index) {
        List<String> examples = Examples.of(index, true).toList();

        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThatNoException().as(example).isThrownBy(() -> {
                ObjectNode resource = Structures.PARSER.parse(Examples.read(example));
                assertThat(Structures.PARSER.parse(Structures.WRITER.write(resource)))
                        .isEqualTo(resource);
            });
        }
    }

    @Test
    void examplesAgainstTheSpecificationAreRefused() {
        Map<String, String> refused = new TreeMap<>();
        Examples.of("spec-json.txt", false).forEach(example -> {
            ProblemException refusal =
                    catchThrowableOfType(ProblemException.class, () -> Structures.PARSER.parse(Examples.read(example)));
            if (refusal != null) {
                Fault first = refusal.problem().faults().getFirst();
                refused.put(example, first.code() + " at " + first.expression());
            }
        });

        // The questionnaires generated from each resource type have items without linkId, which is 1..1.
        assertThat(refused).allSatisfy((example, fault) -> assertThat(example.endsWith("-questionnaire.json"))
                .as(example)
                .isEqualTo(fault.matches("required at Questionnaire.*linkId")));
        refused.keySet().removeIf(example -> example.endsWith("-questionnaire.json"));
        assertThat(refused).containsExactlyInAnyOrderEntriesOf(AGAINST_THE_SPECIFICATION);
    }
}
