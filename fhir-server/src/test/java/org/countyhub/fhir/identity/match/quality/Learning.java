package org.countyhub.fhir.identity.match.quality;

import java.util.List;
import java.util.Random;
import org.countyhub.fhir.identity.match.Comparison;
import org.countyhub.fhir.identity.match.Conflicts;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.ModelEstimator;
import org.countyhub.fhir.identity.match.NameFrequencies;
import org.countyhub.fhir.identity.match.PatternCounts;
import org.countyhub.fhir.identity.match.Traits;

/** Learns a model from records without their labels. */
final class Learning {
    private static final int RANDOM_PAIRS = 2_000_000;

    private Learning() {}

    static ModelEstimator.Estimate learn(List<Traits> records) {
        MatchModel start = MatchModel.start();
        MatchModel known = new MatchModel(
                start.prior(), start.rates(), families(records), givenNames(records), start.thresholds());
        int n = records.size();
        Random random = new Random(7);
        PatternCounts anyPairs = new PatternCounts();
        for (int i = 0; i < RANDOM_PAIRS; i++) {
            int a = random.nextInt(n);
            int b = random.nextInt(n);
            if (a != b) {
                anyPairs.add(Comparison.of(records.get(a), records.get(b)).pattern());
            }
        }
        PatternCounts blocked = new PatternCounts();
        Blocks blocks = new Blocks();
        for (int i = 0; i < n; i++) {
            Traits next = records.get(i);
            for (int other : blocks.sharing(next)) {
                if (Conflicts.between(next, records.get(other)).isEmpty()) {
                    blocked.add(Comparison.of(next, records.get(other)).pattern());
                }
            }
            blocks.add(i, next);
        }
        return ModelEstimator.estimate(known, anyPairs, blocked, n * (n - 1.0) / 2);
    }

    private static NameFrequencies families(List<Traits> records) {
        NameFrequencies.Counter counter = new NameFrequencies.Counter();
        records.forEach(record -> record.names().stream().limit(1).forEach(name -> counter.add(name.family())));
        return counter.frequencies();
    }

    private static NameFrequencies givenNames(List<Traits> records) {
        NameFrequencies.Counter counter = new NameFrequencies.Counter();
        records.forEach(record -> record.names().stream().limit(1).forEach(name -> counter.add(name.given())));
        return counter.frequencies();
    }
}
