package org.countyhub.fhir.identity.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.countyhub.fhir.identity.match.Field;
import org.countyhub.fhir.identity.match.Level;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.ModelEstimator.Estimate;
import org.countyhub.fhir.identity.match.ModelJson;
import org.countyhub.fhir.identity.match.NameFrequencies;
import org.countyhub.fhir.identity.match.Pattern;
import org.countyhub.fhir.identity.match.PatternCounts;
import org.junit.jupiter.api.Test;

/** Which models are not taken, and what is said of them. */
class SoundnessTest {
    private static final Pattern SAME = Pattern.EMPTY
            .with(Field.NAME, Level.EQUAL)
            .with(Field.BIRTH_DATE, Level.EQUAL)
            .with(Field.SEX, Level.EQUAL)
            .with(Field.PHONE, Level.EQUAL);
    private static final Pattern NAMESAKE =
            Pattern.EMPTY.with(Field.NAME, Level.EQUAL).with(Field.BIRTH_DATE, Level.DIFFERENT);

    private final Soundness soundness = new Soundness(Bounds.DEFAULT, MatchModel.start());

    private static PatternCounts pairs(Pattern pattern, long many) {
        PatternCounts counts = new PatternCounts();
        counts.add(pattern, many);
        return counts;
    }

    private static Drawn drawn(long randomPairs) {
        return new Drawn(
                1_000_000,
                20_000,
                200_000,
                pairs(NAMESAKE, randomPairs),
                pairs(SAME, 20_000),
                pairs(SAME, 10_000),
                pairs(NAMESAKE, 100_000),
                NameFrequencies.NONE,
                NameFrequencies.NONE);
    }

    /** The start model with something changed, as JSON. */
    private static MatchModel changed(Consumer<ObjectNode> change) {
        ObjectNode tree = ModelJson.write(MatchModel.start());
        change.accept(tree);
        return ModelJson.read(tree);
    }

    private String refused(MatchModel model) {
        String refused = soundness.refuse(drawn(2_000_000), new Estimate(model, 20_000, 5, true));
        return refused == null ? "taken" : refused;
    }

    private static void rate(ObjectNode tree, Field field, Level level, double m, double u) {
        ((ObjectNode) tree.path("rates").path(field.name()).path(level.name()))
                .put("m", m)
                .put("u", u);
    }

    @Test
    void aModelLikeTheOneInForceIsTaken() {
        assertThat(refused(MatchModel.start())).isEqualTo("taken");
    }

    @Test
    void tooLittleIsSaid() {
        Estimate few = new Estimate(MatchModel.start(), 999, 5, true);
        assertThat(soundness.refuse(14_999)).contains("14999 patients");
        assertThat(soundness.refuse(15_000)).isNull();
        assertThat(soundness.refuse(drawn(99_999), few)).contains("99999 random pairs");
        assertThat(soundness.refuse(drawn(2_000_000), few)).contains("only 999 of 20000 pairs");
    }

    @Test
    void whatDoesNotSettleIsRefused() {
        Estimate unsettled = new Estimate(MatchModel.start(), 20_000, 200, false);
        assertThat(soundness.refuse(drawn(2_000_000), unsettled)).contains("after 200 rounds does not settle");
    }

    @Test
    void agreementThatSpeaksAgainstAMatchIsRefused() {
        assertThat(refused(changed(tree -> {
                    rate(tree, Field.SEX, Level.EQUAL, 0.4, 0.5);
                    rate(tree, Field.SEX, Level.DIFFERENT, 0.6, 0.5);
                })))
                .contains("SEX that is the same would weigh 0.0 bits");
    }

    @Test
    void everybodyKnownFiftyTimesIsRefused() {
        assertThat(refused(changed(tree -> tree.put("prior", 0.001)))).contains("1000 other records");
    }

    @Test
    void thresholdsOutOfOrderAreRefused() {
        assertThat(refused(changed(tree ->
                        ((ObjectNode) tree.path("thresholds")).put("link", 3).put("review", 4))))
                .contains("thresholds are out of order");
    }

    @Test
    void linkingWhatIdsTellApartIsRefused() {
        assertThat(refused(changed(tree -> {
                    rate(tree, Field.BIRTH_DATE, Level.EQUAL, 0.1, 0.001);
                    rate(tree, Field.BIRTH_DATE, Level.DIFFERENT, 0.9, 0.997);
                    rate(tree, Field.NAME, Level.EQUAL, 0.95, 1e-11);
                })))
                .contains("90.91 % would be wrong, and 0.00 % by the model in force");
    }

    @Test
    void losingWhatCodesProveIsRefused() {
        assertThat(refused(changed(tree -> tree.put("prior", 1e-12))))
                .contains("with the same verified code it would link 0.00 %, and the model in force 100.00 %");
    }
}
