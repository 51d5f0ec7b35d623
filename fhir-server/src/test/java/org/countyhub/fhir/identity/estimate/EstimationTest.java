package org.countyhub.fhir.identity.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.identity.match.Field;
import org.countyhub.fhir.identity.match.Level;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.quality.GeneratedCounty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model estimated from the patients of a running server. */
class EstimationTest {
    private static final Bounds SMALL = new Bounds(1_000, 500, 100_000, 20_000, 400_000, 1_000_000, 0.005);

    private static TestHub hub;
    private static HubParts parts;
    private static GeneratedCounty county;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        parts = new HubParts(hub);
        county = GeneratedCounty.of(1_200, 7);
        HubParts.load(hub, county.patients());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static MatchModel model(Estimation estimation) {
        assertThat(estimation.refused()).isNull();
        MatchModel model = estimation.model();
        assertThat(model).isNotNull();
        return model;
    }

    @Test
    void theWeightsOfTheCountyAreFound() {
        Estimation estimation = parts.estimator(SMALL).estimate(MatchModel.start(), false);

        MatchModel model = model(estimation);
        assertThat(estimation.patients()).isEqualTo(county.patients().size());
        assertThat(estimation.compared()).isEqualTo(county.patients().size());
        assertThat(model.prior()).isCloseTo(county.prior(), withPercentage(5));
        for (Field field : new Field[] {Field.NAME, Field.PHONE, Field.ADDRESS, Field.BIRTH_DATE, Field.SEX}) {
            assertThat(model.rates().m(field, Level.EQUAL))
                    .as("m of equal " + field)
                    .isCloseTo(county.share(field, Level.EQUAL), offset(0.04));
        }
        assertThat(model.families().counts()).isNotEmpty();
        assertThat(county.f1(model)).isGreaterThanOrEqualTo(county.f1(MatchModel.start()));
    }

    @Test
    void aSampleOfTheCountyIsEnough() {
        Bounds sample = new Bounds(1_000, 100, 1_000, 800, 2_000, 500_000, 0.01);

        Estimation estimation = parts.estimator(sample).estimate(MatchModel.start(), false);

        assertThat(estimation.named()).isEqualTo(1_000);
        assertThat(estimation.compared()).isLessThanOrEqualTo(800);
        MatchModel model = model(estimation);
        assertThat(model.prior()).isCloseTo(county.prior(), withPercentage(25));
        assertThat(model.rates().m(Field.PHONE, Level.EQUAL))
                .isCloseTo(county.share(Field.PHONE, Level.EQUAL), offset(0.08));
    }

    @Test
    void aModelThatSaysTheSameIsNotTakenAgain() {
        MatchModel model = model(parts.estimator(SMALL).estimate(MatchModel.start(), false));

        Estimation again = parts.estimator(SMALL).estimate(model, true);

        assertThat(again.refused()).contains("as the model in force does, but for 0.00 bits");
        assertThat(again.model()).isNull();
    }

    @Test
    void aCountyTooSmallKeepsTheStartModel() {
        Estimation estimation = parts.estimator(Bounds.DEFAULT).estimate(MatchModel.start(), false);

        assertThat(estimation.refused()).contains("fewer than 15000");
        assertThat(estimation.compared()).isZero();
    }
}
