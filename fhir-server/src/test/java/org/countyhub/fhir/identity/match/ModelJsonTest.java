package org.countyhub.fhir.identity.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelJsonTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void aModelReadBackDecidesTheSame() throws Exception {
        MatchModel model = counted();
        MatchModel read = ModelJson.read(mapper.readTree(mapper.writeValueAsString(ModelJson.write(model))));
        Traits a = SomePerson.named("陈", "志强").born("1985-03-07").male().traits();
        Traits b = SomePerson.named("陈", "智强")
                .born("1985-07-03")
                .phone("13800000001")
                .traits();
        Traits c = SomePerson.named("陈", "志强")
                .born("1985-03-07")
                .phone("13800000001")
                .traits();
        for (Comparison comparison : List.of(Comparison.of(a, b), Comparison.of(a, c), Comparison.of(b, c))) {
            assertThat(read.total(comparison)).isCloseTo(model.total(comparison), offset(1e-9));
        }
        assertThat(read.thresholds()).isEqualTo(model.thresholds());
        assertThat(read.families()).isEqualTo(model.families());
    }

    @Test
    void aLevelThatAStoredModelDoesNotKnowComesFromTheStartModel() {
        ObjectNode tree = ModelJson.write(MatchModel.start());
        ((ObjectNode) tree.path("rates")).remove("GUARDIAN");
        Rates read = ModelJson.read(tree).rates();
        Rates start = MatchModel.start().rates();
        assertThat(read.weight(Field.GUARDIAN, Level.EQUAL)).isEqualTo(start.weight(Field.GUARDIAN, Level.EQUAL));
    }

    @Test
    void whatIsNoModelIsRefused() {
        ObjectNode tree = ModelJson.write(MatchModel.start());
        tree.put("prior", "often");
        assertThatIllegalArgumentException().isThrownBy(() -> ModelJson.read(tree));
        tree.put("prior", 2);
        assertThatIllegalArgumentException().isThrownBy(() -> ModelJson.read(tree));
    }

    private static MatchModel counted() {
        NameFrequencies.Counter families = new NameFrequencies.Counter();
        List.of("陈", "陈", "陈", "陈", "林", "林", "林", "赫").forEach(families::add);
        MatchModel start = MatchModel.start();
        return new MatchModel(1e-4, start.rates(), families.frequencies(), NameFrequencies.NONE, start.thresholds());
    }
}
