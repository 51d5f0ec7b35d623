package org.countyhub.fhir.identity.estimate;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.countyhub.fhir.identity.DemographicsReader;
import org.countyhub.fhir.identity.link.PersonStore;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.ModelEstimator;
import org.countyhub.fhir.identity.match.ModelEstimator.Estimate;
import org.countyhub.fhir.structure.ResourceParser;
import org.jspecify.annotations.Nullable;

/**
 * Estimates a model from the county's patients as they are now. It starts from the start model every time, so that one
 * estimation does not build on the mistakes of another; its thresholds are odds, which mean the same in every model.
 */
public final class Estimator {
    private final PatientSource source;
    private final StoredPatients patients;
    private final Bounds bounds;
    private final Clock clock;

    public Estimator(
            PatientSource source,
            PersonStore persons,
            ResourceParser parser,
            DemographicsReader reader,
            Bounds bounds,
            Clock clock) {
        this.source = source;
        this.patients = new StoredPatients(source, persons, parser, reader);
        this.bounds = bounds;
        this.clock = clock;
    }

    /**
     * One estimation, refused or not; its version is 0.
     *
     * @param inForce what it has to be as good as, and different from, to be taken
     */
    Estimation estimate(MatchModel inForce, boolean inForceIsEstimated) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Soundness soundness = new Soundness(bounds, inForce);
        long count = source.count();
        String tooSmall = soundness.refuse(count);
        if (tooSmall != null) {
            return new Estimation(0, now, count, 0, 0, 0, 0, 0, 0, tooSmall, null);
        }
        Drawn drawn = new CountySample(patients, bounds).draw(count);
        MatchModel start = MatchModel.start();
        MatchModel known =
                new MatchModel(start.prior(), start.rates(), drawn.families(), drawn.givenNames(), start.thresholds());
        Estimate estimate = ModelEstimator.estimate(known, drawn.random(), drawn.blocked(), drawn.allPairs());
        String refused = soundness.refuse(drawn, estimate);
        if (refused == null && inForceIsEstimated) {
            refused = unchanged(estimate.model(), inForce);
        }
        return new Estimation(
                0,
                now,
                count,
                drawn.compared(),
                drawn.named(),
                drawn.random().total(),
                drawn.blocked().total(),
                estimate.matches(),
                estimate.rounds(),
                refused,
                refused == null ? estimate.model() : null);
    }

    private static @Nullable String unchanged(MatchModel model, MatchModel inForce) {
        double apart = Soundness.apart(model, inForce);
        return apart < Soundness.LEAST_CHANGE_BITS
                ? "it weighs as the model in force does, but for %.2f bits".formatted(apart)
                : null;
    }
}
