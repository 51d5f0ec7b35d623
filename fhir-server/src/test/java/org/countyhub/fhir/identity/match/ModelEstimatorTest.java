package org.countyhub.fhir.identity.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelEstimatorTest {
    private static final int MATCHES = 20_000;
    private static final double PAIRS = 5e9;

    private final Rates truth = MatchModel.start().rates();
    private final Random random = new Random(5);

    @Test
    void findsTheRatesThatPairsWereDrawnFrom() {
        ModelEstimator.Estimate estimate = estimate(wrongStart(), MATCHES);
        assertThat(estimate.converged()).isTrue();
        assertThat(estimate.matches()).isCloseTo(MATCHES, withPercentage(2));
        assertThat(estimate.model().prior()).isCloseTo(MATCHES / PAIRS, withPercentage(2));
        Rates found = estimate.model().rates();
        for (Field field : Field.values()) {
            for (Level level : field.levels()) {
                assertThat(found.m(field, level))
                        .as("m of %s %s", field, level)
                        .isCloseTo(truth.m(field, level), offset(0.012));
            }
        }
        assertThat(found.u(Field.NAME, Level.FAMILY)).isCloseTo(0.038, withPercentage(5));
        assertThat(found.u(Field.SEX, Level.EQUAL)).isCloseTo(0.5, withPercentage(2));
    }

    @Test
    void theSamePairsGiveTheSameModel() {
        PatternCounts randomPairs = drawn(500_000, false);
        PatternCounts blocked = blocked(MATCHES);
        MatchModel first = ModelEstimator.estimate(wrongStart(), randomPairs, blocked, PAIRS)
                .model();
        MatchModel second = ModelEstimator.estimate(wrongStart(), randomPairs, blocked, PAIRS)
                .model();
        assertThat(ModelJson.write(second)).isEqualTo(ModelJson.write(first));
    }

    @Test
    void weightsNeverRiseFromOneLevelToTheNext() {
        Rates found = estimate(wrongStart(), 300).model().rates();
        for (Field field : Field.values()) {
            double above = Double.POSITIVE_INFINITY;
            for (Level level : field.levels()) {
                assertThat(found.weight(field, level))
                        .isLessThanOrEqualTo(above + 1e-9)
                        .isFinite();
                above = found.weight(field, level);
            }
        }
    }

    @Test
    void withoutMatchesTheKnownRatesStay() {
        MatchModel start = MatchModel.start();
        ModelEstimator.Estimate estimate =
                ModelEstimator.estimate(start, drawn(200_000, false), new PatternCounts(), PAIRS);
        assertThat(estimate.matches()).isZero();
        for (Level level : Field.NAME.levels()) {
            assertThat(estimate.model().rates().m(Field.NAME, level))
                    .isCloseTo(start.rates().m(Field.NAME, level), offset(0.01));
        }
    }

    @Test
    void familiesTakenForPersonsAreNoModel() {
        PatternCounts families = new PatternCounts();
        Pattern family = Pattern.EMPTY
                .with(Field.NAME, Level.FAMILY)
                .with(Field.PHONE, Level.EQUAL)
                .with(Field.ADDRESS, Level.EQUAL)
                .with(Field.CODE, Level.EQUAL);
        families.add(family, 1_000_000);
        ModelEstimator.Estimate estimate =
                ModelEstimator.estimate(MatchModel.start(), drawn(200_000, false), families, PAIRS);
        assertThat(estimate.converged()).isFalse();
    }

    private ModelEstimator.Estimate estimate(MatchModel start, int matches) {
        return ModelEstimator.estimate(start, drawn(1_000_000, false), blocked(matches), PAIRS);
    }

    /** Matches, and pairs of different persons that share a birth date or a phone. */
    private PatternCounts blocked(int matches) {
        PatternCounts blocked = drawn(matches, true);
        for (int i = 0; i < 100_000; i++) {
            blocked.add(draw(false).with(i % 2 == 0 ? Field.BIRTH_DATE : Field.PHONE, Level.EQUAL));
        }
        return blocked;
    }

    private PatternCounts drawn(int pairs, boolean match) {
        PatternCounts counts = new PatternCounts();
        for (int i = 0; i < pairs; i++) {
            counts.add(draw(match));
        }
        return counts;
    }

    private Pattern draw(boolean match) {
        Pattern pattern = Pattern.EMPTY;
        for (Field field : Field.values()) {
            double rest = random.nextDouble();
            Level drawn = field.levels().getLast();
            for (Level level : field.levels()) {
                rest -= match ? truth.m(field, level) : truth.u(field, level);
                if (rest < 0) {
                    drawn = level;
                    break;
                }
            }
            pattern = pattern.with(field, drawn);
        }
        return pattern;
    }

    /** Expects twice as many slips as there are. */
    private MatchModel wrongStart() {
        MatchModel start = MatchModel.start();
        Rates wrong = Rates.of(
                (field, level) -> level == Level.EQUAL
                        ? start.rates().m(field, level) - 0.15
                        : start.rates().m(field, level) + 0.05,
                start.rates()::u);
        return new MatchModel(1e-5, wrong, start.families(), start.givenNames(), start.thresholds());
    }
}
