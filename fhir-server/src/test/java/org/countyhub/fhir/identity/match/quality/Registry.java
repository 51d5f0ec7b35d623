package org.countyhub.fhir.identity.match.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.countyhub.fhir.identity.match.Candidate;
import org.countyhub.fhir.identity.match.Decision;
import org.countyhub.fhir.identity.match.Evidence;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.Matcher;
import org.countyhub.fhir.identity.match.Traits;
import org.jspecify.annotations.Nullable;

/** Takes records in one after another, as the server does, and counts what comes out right. */
final class Registry {
    private static final int MOST_MISTAKES = 60;

    private final List<Labelled> records;
    private final List<Traits> traits;
    private final Matcher matcher;
    private final Blocks blocks = new Blocks();
    private final Map<Integer, List<Integer>> persons = new HashMap<>();
    private final int[] personOf;
    private final List<String> mistakes = new ArrayList<>();
    private long reviews;
    private long reviewedRight;

    private Registry(List<Labelled> records, List<Traits> traits, MatchModel model) {
        this.records = records;
        this.traits = traits;
        this.matcher = new Matcher(model);
        this.personOf = new int[records.size()];
    }

    /** @param given how many of the first records are taken in as persons of their own, without asking */
    static Outcome run(List<Labelled> records, List<Traits> traits, MatchModel model, int given) {
        Registry registry = new Registry(records, traits, model);
        for (int i = 0; i < records.size(); i++) {
            registry.take(i, i < given);
        }
        return registry.outcome();
    }

    private void take(int record, boolean given) {
        int person = given ? record : decided(record);
        personOf[record] = person;
        persons.computeIfAbsent(person, own -> new ArrayList<>()).add(record);
        blocks.add(record, traits.get(record));
    }

    private int decided(int record) {
        Set<Integer> found = new TreeSet<>();
        blocks.sharing(traits.get(record)).forEach(other -> found.add(personOf[other]));
        List<Candidate> candidates = found.stream()
                .map(person -> new Candidate(
                        String.valueOf(person),
                        persons.getOrDefault(person, List.of()).stream()
                                .map(traits::get)
                                .toList()))
                .toList();
        return switch (matcher.decide(traits.get(record), candidates)) {
            case Decision.Link link -> {
                int person = Integer.parseInt(link.personId());
                if (truth(person) != truth(record)) {
                    note("WRONG", record, person, link.evidence());
                }
                yield person;
            }
            case Decision.Review review -> {
                reviews++;
                Evidence first = review.candidates().getFirst();
                boolean right = review.candidates().stream()
                        .anyMatch(one -> truth(Integer.parseInt(one.personId())) == truth(record));
                reviewedRight += right ? 1 : 0;
                if (right) {
                    note("REVIEW", record, Integer.parseInt(first.personId()), first);
                }
                yield record;
            }
            case Decision.New ignored -> {
                for (int other = 0;
                        other < record && mistakes.size() < MOST_MISTAKES && records.size() < 20_000;
                        other++) {
                    if (truth(other) == truth(record)) {
                        Candidate own = new Candidate(String.valueOf(other), List.of(traits.get(other)));
                        String how = found.contains(personOf[other]) ? "NEW" : "NO KEY";
                        note(how, record, other, matcher.weigh(traits.get(record), own));
                        break;
                    }
                }
                yield record;
            }
        };
    }

    private int truth(int record) {
        return records.get(record).person();
    }

    private void note(String what, int record, int person, Evidence evidence) {
        if (mistakes.size() < MOST_MISTAKES) {
            StringBuilder text = new StringBuilder(what).append(' ').append("%.1f ".formatted(evidence.total()));
            evidence.fields()
                    .forEach(one -> text.append("%s=%s(%.1f) ".formatted(one.field(), one.level(), one.bits())));
            text.append(evidence.conflicts())
                    .append("\n   ")
                    .append(records.get(record).record());
            text.append("\n   ").append(records.get(person).record());
            mistakes.add(text.toString());
        }
    }

    private Outcome outcome() {
        Map<Integer, List<Integer>> truth = new HashMap<>();
        for (int i = 0; i < records.size(); i++) {
            truth.computeIfAbsent(truth(i), own -> new ArrayList<>()).add(i);
        }
        Count all = new Count();
        truth.values().forEach(own -> all.pairs(own, null));
        Count right = new Count();
        Count wrong = new Count();
        persons.values().forEach(own -> right.pairs(own, wrong));
        return new Outcome(
                right.pairs,
                wrong.pairs,
                all.pairs,
                right.withoutCode,
                wrong.withoutCode,
                all.withoutCode,
                wrong.twins,
                reviews,
                reviewedRight,
                mistakes);
    }

    private final class Count {
        long pairs;
        long withoutCode;
        long twins;

        void pairs(List<Integer> own, @Nullable Count others) {
            for (int i = 0; i < own.size(); i++) {
                for (int j = 0; j < i; j++) {
                    Labelled a = records.get(own.get(i));
                    Labelled b = records.get(own.get(j));
                    Count count = a.person() == b.person() || others == null ? this : others;
                    count.pairs++;
                    count.withoutCode += a.hasVerifiedCode() && b.hasVerifiedCode() ? 0 : 1;
                    count.twins += a.birth() != 0 && a.birth() == b.birth() ? 1 : 0;
                }
            }
        }
    }
}
