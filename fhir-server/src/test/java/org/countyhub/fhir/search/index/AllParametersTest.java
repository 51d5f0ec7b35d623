package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.structure.Definitions;
import org.junit.jupiter.api.Test;

class AllParametersTest {
    private final FhirContext context = FhirContext.forR4();
    private final Definitions definitions = new Definitions(context);
    private final SearchParameters parameters = new SearchParameters(context, definitions);

    @Test
    void everyParameterOfEveryTypeCompilesAndConvertsWhatItFinds() {
        IndexExtractor extractor = new IndexExtractor(parameters, definitions, ZoneOffset.UTC);
        List<String> failures = new ArrayList<>();
        for (String type : definitions.resourceTypes()) {
            try {
                extractor.extract(JsonNodeFactory.instance.objectNode().put("resourceType", type), new Rows());
            } catch (RuntimeException e) {
                failures.add(type + ": " + e.getMessage());
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void onlyAPositionOnTheGlobeIsNotIndexed() {
        List<String> notIndexed = definitions.resourceTypes().stream()
                .flatMap(type -> parameters.of(type).stream())
                .filter(parameter -> parameters.selection(parameter) instanceof Selection.Nothing)
                .filter(parameter -> !SearchParameters.isPerson(parameter)) // answered by links
                .map(SearchParameter::toString)
                .toList();

        assertThat(notIndexed).containsExactly("Location.near");
    }
}
