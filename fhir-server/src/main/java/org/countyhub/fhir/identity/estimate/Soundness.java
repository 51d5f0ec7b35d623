package org.countyhub.fhir.identity.estimate;

import org.countyhub.fhir.identity.match.Comparison;
import org.countyhub.fhir.identity.match.Field;
import org.countyhub.fhir.identity.match.Level;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.ModelEstimator.Estimate;
import org.countyhub.fhir.identity.match.PatternCounts;
import org.countyhub.fhir.identity.match.Thresholds;
import org.jspecify.annotations.Nullable;

/** Refuses a model that would decide worse than the one in force, before it decides anything. */
final class Soundness {
    /** Fewer random pairs say nothing of what agrees by chance. */
    private static final long LEAST_RANDOM_PAIRS = 100_000;

    /** Nobody has more records of others' making than this on average; what was found then is no persons. */
    private static final double MOST_RECORDS_OF_ONE = 50;

    /** The least that two names or two birth dates which are the same must weigh. */
    private static final double LEAST_BITS = 1;

    /** By how much less of the pairs that are one person by a verified code. */
    private static final double LESS_RIGHT = 0.02;

    /** A model whose weights moved less than this on average, for a pair of one person, decides as the one in force. */
    static final double LEAST_CHANGE_BITS = 0.25;

    private final Bounds bounds;
    private final MatchModel inForce;

    Soundness(Bounds bounds, MatchModel inForce) {
        this.bounds = bounds;
        this.inForce = inForce;
    }

    /** Why nothing can be estimated of so small a county; null when it can. */
    @Nullable
    String refuse(long patients) {
        return patients < bounds.leastPatients()
                ? "the county has " + patients + " patients, and of fewer than " + bounds.leastPatients()
                        + " a model does not hold when the county grows"
                : null;
    }

    /** Why the model is not taken; null when it is. */
    @Nullable
    String refuse(Drawn drawn, Estimate estimate) {
        MatchModel model = estimate.model();
        double records = model.prior() * (drawn.patients() - 1.0);
        if (drawn.random().total() < LEAST_RANDOM_PAIRS) {
            return "only " + drawn.random().total() + " random pairs could be compared";
        }
        if (estimate.matches() < bounds.leastMatches()) {
            return "only %.0f of %d pairs are expected to be one person; at least %d are needed"
                    .formatted(estimate.matches(), drawn.blocked().total(), bounds.leastMatches());
        }
        if (!estimate.converged()) {
            return "what was found after " + estimate.rounds()
                    + " rounds does not settle, or does not look like persons";
        }
        if (records > MOST_RECORDS_OF_ONE) {
            return "each patient would have %.0f other records".formatted(records);
        }
        String order = thresholds(model.thresholds());
        if (order != null) {
            return order;
        }
        for (Field field : Field.values()) {
            String wrong = wrong(model, field);
            if (wrong != null) {
                return wrong;
            }
        }
        return trial(drawn, model);
    }

    private static @Nullable String thresholds(Thresholds thresholds) {
        boolean ordered = thresholds.review() <= thresholds.link()
                && thresholds.link() > 0
                && thresholds.margin() >= 0
                && thresholds.household() >= 0;
        return ordered ? null : "the thresholds are out of order: " + thresholds;
    }

    private static @Nullable String wrong(MatchModel model, Field field) {
        Level top = field.levels().getFirst();
        double agreement = model.rates().weight(field, top);
        double disagreement = model.rates().weight(field, field.levels().getLast());
        double least = field == Field.NAME || field == Field.BIRTH_DATE ? LEAST_BITS : 0;
        if (!Double.isFinite(agreement) || !Double.isFinite(disagreement)) {
            return "the weights of " + field + " are no numbers";
        }
        if (agreement <= least) {
            return "%s that is the same would weigh %.1f bits".formatted(field, agreement);
        }
        return disagreement >= 0 ? "%s that differs would weigh %.1f bits".formatted(field, disagreement) : null;
    }

    /** What both models would do, without codes, with pairs of which the codes tell the truth. */
    private @Nullable String trial(Drawn drawn, MatchModel model) {
        double wrong = wrong(model, drawn);
        double wrongNow = wrong(inForce, drawn);
        if (wrong > wrongNow + bounds.moreWrong()) {
            return "of the links between patients with resident IDs %.2f %% would be wrong, and %.2f %% by the model in force"
                    .formatted(100 * wrong, 100 * wrongNow);
        }
        double right = linked(model, drawn.proven());
        double rightNow = linked(inForce, drawn.proven());
        return right < rightNow - LESS_RIGHT
                ? "of %d pairs with the same verified code it would link %.2f %%, and the model in force %.2f %%"
                        .formatted(drawn.proven().total(), 100 * right, 100 * rightNow)
                : null;
    }

    private static double wrong(MatchModel model, Drawn drawn) {
        long wrong = links(model, drawn.refuted());
        return wrong / (double) Math.max(1, wrong + links(model, drawn.proven()));
    }

    private static double linked(MatchModel model, PatternCounts pairs) {
        return links(model, pairs) / (double) Math.max(1, pairs.total());
    }

    private static long links(MatchModel model, PatternCounts pairs) {
        double link = model.thresholds().link();
        return pairs.count(pattern -> model.total(new Comparison(pattern, "", "")) >= link);
    }

    /** How far the weights of two models are apart, in bits for a pair of one person. */
    static double apart(MatchModel one, MatchModel other) {
        double bits = Math.abs(Math.log(one.prior() / other.prior()) / Math.log(2));
        for (Field field : Field.values()) {
            for (Level level : field.levels()) {
                bits += one.rates().m(field, level)
                        * Math.abs(
                                one.rates().weight(field, level) - other.rates().weight(field, level));
            }
        }
        return bits;
    }
}
