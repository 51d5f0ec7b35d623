package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.countyhub.fhir.identity.match.Evidence;
import org.countyhub.fhir.identity.match.Traits;
import org.countyhub.fhir.resource.StoredVersion;

/** Who somebody may be that a client describes; nothing is changed. */
public final class PersonSearch {
    private final PersonLinks links;
    private final PersonStore store;

    public PersonSearch(PersonLinks links, PersonStore store) {
        this.links = links;
        this.store = store;
    }

    /** How sure it is (R4, code system match-grade). */
    public enum Grade {
        CERTAIN,
        PROBABLE,
        POSSIBLE,
        CERTAINLY_NOT;

        /** The code of R4. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A patient that may be the one described.
     *
     * @param score the probability, 0 to 1
     */
    public record Match(StoredVersion patient, double score, Grade grade) {}

    /**
     * The patients that may be the one described, the most likely first.
     *
     * @param patient a Patient, as much of it as the client knows
     * @param onlyCertain whether only a match is wanted that needs nobody to look at it: one person, or nobody
     */
    public List<Match> find(ObjectNode patient, boolean onlyCertain, int most) {
        Traits wanted = links.traits(patient);
        PatientKeys keys = PersonMatcher.keys(wanted);
        Set<Long> candidates = new LinkedHashSet<>();
        store.holders(keys.codes(), keys.asked()).forEach(holder -> candidates.add(holder.patient()));
        List<Weighed> weighed = store.personsOf(candidates).stream()
                .map(stored -> weigh(wanted, stored))
                .filter(person -> person.grade() != Grade.CERTAINLY_NOT)
                .sorted(Comparator.comparing(Weighed::grade)
                        .thenComparing(
                                Comparator.comparingDouble(Weighed::score).reversed()))
                .toList();
        if (onlyCertain) {
            weighed = weighed.stream()
                    .filter(person -> person.grade() == Grade.CERTAIN)
                    .toList();
            weighed = weighed.size() == 1 ? weighed : List.of();
        }
        return weighed.stream()
                .flatMap(person -> person.stored().members().stream()
                        .map(member -> new Match(member.patient(), person.score(), person.grade())))
                .limit(most)
                .toList();
    }

    private record Weighed(PersonStore.StoredPerson stored, double score, Grade grade) {}

    private Weighed weigh(Traits wanted, PersonStore.StoredPerson stored) {
        Evidence evidence = links.matcher().weigh(wanted, links.draft(stored));
        boolean proven = evidence.rule() != Evidence.Rule.WEIGHTS;
        double score = proven && evidence.conflicts().isEmpty() ? 1 : evidence.probability();
        return new Weighed(stored, score, links.matcher().grade(evidence));
    }
}
