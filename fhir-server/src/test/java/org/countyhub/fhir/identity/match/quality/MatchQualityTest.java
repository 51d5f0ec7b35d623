package org.countyhub.fhir.identity.match.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.ModelEstimator;
import org.countyhub.fhir.identity.match.Traits;
import org.junit.jupiter.api.Test;

/** Small runs; {@link MatchQuality} makes large ones. */
class MatchQualityTest {
    @Test
    void aCountyIsLinkedWithoutMistakes() {
        List<Labelled> records = new CountyPersons(2).records(4_000);
        Outcome learned = learned(records, 0);
        assertThat(learned.precision()).isGreaterThanOrEqualTo(0.9995);
        assertThat(learned.recallWithoutCode()).isGreaterThanOrEqualTo(0.97);
        assertThat(learned.wrongTwins()).isZero();
        Outcome started = Registry.run(records, traits(records), MatchModel.start(), 0);
        assertThat(started.precision()).isGreaterThanOrEqualTo(0.9995);
        assertThat(started.wrongTwins()).isZero();
    }

    @Test
    void personsWithAFifthOfAllValuesWrongAreLinked() {
        Outcome learned = learned(new EnglishPersons(2).records(2_000), 2_000);
        assertThat(learned.precision()).isGreaterThanOrEqualTo(0.998);
        assertThat(learned.f1()).isGreaterThanOrEqualTo(0.97);
    }

    private static Outcome learned(List<Labelled> records, int given) {
        List<Traits> traits = traits(records);
        ModelEstimator.Estimate estimate = Learning.learn(traits);
        assertThat(estimate.converged()).isTrue();
        return Registry.run(records, traits, estimate.model(), given);
    }

    private static List<Traits> traits(List<Labelled> records) {
        return records.stream().map(Labelled::record).map(Traits::of).toList();
    }
}
