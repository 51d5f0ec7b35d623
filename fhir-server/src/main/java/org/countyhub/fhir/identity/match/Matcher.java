package org.countyhub.fhir.identity.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.PersonCode;
import org.countyhub.fhir.identity.PersonCode.Standing;

/**
 * Decides whose record it is: first by codes that prove it, then by weights. Only the clear case links without asking.
 * Immutable, and the same question gets the same answer.
 */
public final class Matcher {
    private static final int MOST_TO_REVIEW = 10;

    /** With two or more conflicts there is nothing to ask: it is somebody else. */
    private static final int CONFLICTS_WORTH_ASKING = 1;

    private static final Comparator<Evidence> MOST_LIKELY_FIRST = Comparator.comparingInt(
                    (Evidence evidence) -> evidence.conflicts().size())
            .thenComparing(Comparator.comparingDouble(Evidence::total).reversed())
            .thenComparing(Evidence::personId);

    private final MatchModel model;

    public Matcher(MatchModel model) {
        this.model = model;
    }

    public Decision decide(Demographics incoming, List<Candidate> candidates) {
        return decide(Traits.of(incoming), candidates);
    }

    /** The same for a record made ready before. */
    public Decision decide(Traits incoming, List<Candidate> candidates) {
        List<Evidence> all = candidates.stream()
                .map(candidate -> weigh(incoming, candidate))
                .sorted(MOST_LIKELY_FIRST)
                .toList();
        List<Evidence> proven = all.stream()
                .filter(evidence -> evidence.rule() != Evidence.Rule.WEIGHTS)
                .toList();
        return proven.isEmpty() ? byWeights(all) : byCodes(proven);
    }

    private static Decision byCodes(List<Evidence> proven) {
        Evidence first = proven.getFirst();
        boolean clear = proven.size() == 1 && first.conflicts().isEmpty();
        return clear ? new Decision.Link(first.personId(), first) : review(proven);
    }

    private Decision byWeights(List<Evidence> all) {
        Thresholds thresholds = model.thresholds();
        List<Evidence> likely = all.stream()
                .filter(evidence -> evidence.total() >= thresholds.review()
                        && evidence.conflicts().size() <= CONFLICTS_WORTH_ASKING)
                .toList();
        List<Evidence> free =
                all.stream().filter(evidence -> evidence.conflicts().isEmpty()).toList();
        if (!free.isEmpty()) {
            Evidence first = free.getFirst();
            boolean leads = free.size() == 1 || first.total() - free.get(1).total() >= thresholds.margin();
            if (first.total() >= thresholds.link() && leads) {
                return new Decision.Link(first.personId(), first);
            }
        }
        return likely.isEmpty() ? new Decision.New() : review(likely);
    }

    private static Decision review(List<Evidence> candidates) {
        return new Decision.Review(candidates.stream().limit(MOST_TO_REVIEW).toList());
    }

    /** What speaks for and against one person, by the record that agrees most. */
    public Evidence weigh(Traits incoming, Candidate candidate) {
        List<Traits> records = candidate.records();
        List<Comparison> comparisons = new ArrayList<>(records.size());
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < records.size(); i++) {
            Comparison comparison = Comparison.of(incoming, records.get(i));
            comparisons.add(comparison);
            double total = model.total(comparison);
            if (total > most) {
                most = total;
                best = i;
            }
        }
        Set<Conflict> conflicts = Conflicts.between(incoming, records, comparisons);
        Comparison comparison = comparisons.get(best);
        List<Evidence.Weighed> fields = new ArrayList<>();
        for (Field field : Field.values()) {
            fields.add(new Evidence.Weighed(field, comparison.level(field), model.weight(field, comparison)));
        }
        return new Evidence(
                candidate.personId(),
                rule(incoming, records),
                best,
                fields,
                model.withheld(comparison),
                most,
                MatchModel.probability(most),
                conflicts);
    }

    private static Evidence.Rule rule(Traits incoming, List<Traits> records) {
        List<PersonCode> codes =
                records.stream().flatMap(record -> record.codes().stream()).toList();
        if (Codes.proves(incoming.codes(), codes, Standing.VERIFIED)) {
            return Evidence.Rule.VERIFIED_CODE;
        }
        boolean local = Codes.proves(incoming.codes(), codes, Standing.LOCAL);
        return local ? Evidence.Rule.LOCAL_CODE : Evidence.Rule.WEIGHTS;
    }
}
