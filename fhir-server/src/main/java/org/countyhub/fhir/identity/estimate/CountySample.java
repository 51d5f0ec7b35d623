package org.countyhub.fhir.identity.estimate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.countyhub.fhir.identity.match.BlockingKey;
import org.countyhub.fhir.identity.match.BlockingKeys;
import org.countyhub.fhir.identity.match.Comparison;
import org.countyhub.fhir.identity.match.Conflict;
import org.countyhub.fhir.identity.match.Conflicts;
import org.countyhub.fhir.identity.match.Field;
import org.countyhub.fhir.identity.match.Level;
import org.countyhub.fhir.identity.match.NameFrequencies;
import org.countyhub.fhir.identity.match.Pattern;
import org.countyhub.fhir.identity.match.PatternCounts;
import org.countyhub.fhir.identity.match.Traits;

/**
 * Draws patients as good as at random and compares each with everyone it shares a key with. A pair whose only common key is one trait, such as
 * the birth date and the town, is hardly ever one person and makes up most of the pairs: one of {@value #THINNED} such is read
 * and counts as that many (Horvitz and Thompson 1952). Reads in small batches; what is held is bounded by {@link Bounds}.
 */
final class CountySample {
    private static final int BATCH_OF_NAMES = 500;
    private static final int BATCH_OF_COMPARED = 40;
    private static final int THINNED = 8;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final CountyPatients patients;
    private final Bounds bounds;
    private final NameFrequencies.Counter families = new NameFrequencies.Counter();
    private final NameFrequencies.Counter givenNames = new NameFrequencies.Counter();
    /** Those to be compared, by number, in the order of the draw. */
    private final Map<Long, Traits> drawn = new LinkedHashMap<>();

    private final PatternCounts blocked = new PatternCounts();
    private final PatternCounts proven = new PatternCounts();
    private final PatternCounts refuted = new PatternCounts();
    private int named;
    private int compared;
    private int read;

    CountySample(CountyPatients patients, Bounds bounds) {
        this.patients = patients;
        this.bounds = bounds;
    }

    Drawn draw(long count) {
        List<Long> numbers = patients.draw(bounds.named());
        for (List<Long> batch : batches(numbers, BATCH_OF_NAMES)) {
            Map<Long, Traits> traits = patients.read(batch);
            for (long number : batch) {
                Traits next = traits.get(number);
                if (next != null) {
                    name(next);
                    if (drawn.size() < bounds.compared()) {
                        drawn.put(number, next);
                    }
                }
            }
        }
        PatternCounts pairs = randomPairs(List.copyOf(drawn.values()));
        for (List<Long> batch : batches(List.copyOf(drawn.keySet()), BATCH_OF_COMPARED)) {
            if (read < bounds.partners()) {
                compare(batch);
            }
        }
        return new Drawn(
                count,
                compared,
                named,
                pairs,
                blocked,
                proven,
                refuted,
                families.frequencies(),
                givenNames.frequencies());
    }

    private void name(Traits patient) {
        named++;
        patient.names().stream().limit(1).forEach(name -> {
            families.add(name.family());
            givenNames.add(name.given());
        });
    }

    /** Neighbours in the order of the draw, near ones first: a patient that is new displaces few pairs. */
    private PatternCounts randomPairs(List<Traits> all) {
        PatternCounts pairs = new PatternCounts();
        for (int apart = 1; apart <= all.size() / 2; apart++) {
            for (int i = 0; i < all.size() && pairs.total() < bounds.randomPairs(); i++) {
                pairs.add(Comparison.of(all.get(i), all.get((i + apart) % all.size()))
                        .pattern());
            }
        }
        return pairs;
    }

    private void compare(List<Long> batch) {
        Map<Long, Set<BlockingKey>> keys = new LinkedHashMap<>();
        batch.forEach(number -> keys.put(number, BlockingKeys.of(traits(number))));
        Map<Long, List<Long>> holders =
                patients.holders(keys.values().stream().flatMap(Set::stream).toList());
        Map<Long, Map<Long, Integer>> partners = new LinkedHashMap<>();
        Set<Long> wanted = new LinkedHashSet<>();
        keys.forEach((number, own) -> {
            Map<Long, Integer> chosen = choose(number, own, holders);
            partners.put(number, chosen);
            chosen.keySet().stream()
                    .filter(partner -> !drawn.containsKey(partner))
                    .forEach(wanted::add);
        });
        Map<Long, Traits> others = patients.read(wanted);
        read += wanted.size();
        partners.forEach((number, chosen) -> {
            compared++;
            chosen.forEach((partner, weight) -> {
                Traits other = drawn.getOrDefault(partner, others.get(partner));
                if (other != null) {
                    count(traits(number), other, weight);
                }
            });
        });
    }

    private Traits traits(long number) {
        return Objects.requireNonNull(drawn.get(number));
    }

    /** Everyone who shares a key, with the number of pairs that the pair stands for. */
    private Map<Long, Integer> choose(long number, Set<BlockingKey> keys, Map<Long, List<Long>> holders) {
        Map<Long, Integer> shared = new HashMap<>();
        for (BlockingKey key : keys) {
            for (long holder : holders.getOrDefault(key.hash(), List.of())) {
                shared.merge(holder, key.kind().isOfCode() ? 2 : 1, Integer::sum);
            }
        }
        shared.remove(number);
        Map<Long, Integer> chosen = new LinkedHashMap<>();
        shared.forEach((partner, many) -> {
            if (many > 1) {
                chosen.put(partner, 1);
            } else if (isOneOfEight(number, partner)) {
                chosen.put(partner, THINNED);
            }
        });
        return chosen;
    }

    /** By a hash of the two, so that it is the same ones every time. */
    private static boolean isOneOfEight(long number, long partner) {
        return ((number ^ Long.rotateLeft(partner, 32)) * GOLDEN) >>> 61 == 0;
    }

    private void count(Traits one, Traits other, int weight) {
        Pattern pattern = Comparison.of(one, other).pattern();
        Set<Conflict> conflicts = Conflicts.between(one, other);
        if (conflicts.contains(Conflict.RESIDENT_ID)) {
            // What something else tells apart as well is linked by no model.
            refuted.add(conflicts.size() == 1 ? withoutCodes(pattern) : Pattern.EMPTY, weight);
        }
        if (conflicts.isEmpty()) {
            blocked.add(pattern, weight);
            if (shareVerified(one, other)) {
                proven.add(withoutCodes(pattern), weight);
            }
        }
    }

    private static boolean shareVerified(Traits one, Traits other) {
        return one.codes().stream()
                .anyMatch(code ->
                        code.standing() == Standing.VERIFIED && other.codes().contains(code));
    }

    /** As if neither had shown a code: what the resident ID has told already is said by birth date and sex again. */
    private static Pattern withoutCodes(Pattern pattern) {
        return said(said(pattern, Field.BIRTH_DATE), Field.SEX).with(Field.CODE, Level.MISSING);
    }

    private static Pattern said(Pattern pattern, Field field) {
        return pattern.level(field) == Level.IMPLIED ? pattern.with(field, Level.EQUAL) : pattern;
    }

    static <T> List<List<T>> batches(List<T> all, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return batches;
    }

    /** The patients as what is compared of them. */
    interface CountyPatients {
        List<Long> draw(int most);

        Map<Long, Traits> read(Collection<Long> numbers);

        /** Who has each of the keys; a key that too many have is left out. */
        Map<Long, List<Long>> holders(Collection<BlockingKey> keys);
    }
}
