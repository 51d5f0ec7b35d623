package org.countyhub.bench.county;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Gives out every number once: the national cards and each hospital's own. Not thread-safe. */
final class CardOffice {
    private static final double SHARE_WITH_RESIDENT_ID = 0.992;
    private static final double SHARE_WITH_SOCIAL_SECURITY_CARD = 0.90;
    private static final double SHARE_WITH_HEALTH_CARD = 0.68;
    private static final double SHARE_WITH_INSURANCE = 0.94;
    private static final double SHARE_WITH_HEALTH_RECORD = 0.75;
    private static final double SHARE_ADMITTED = 0.22;

    private final RandomGenerator random;
    private final Map<String, Integer> issued = new HashMap<>();

    CardOffice(RandomGenerator random) {
        this.random = random;
    }

    /** The cards of the person of a number; what people own differs. */
    List<Card> nationalCards(int number, String region, LocalDate birthDate, Sex sex, Place place) {
        List<Card> cards = new ArrayList<>();
        if (Lot.chance(SHARE_WITH_RESIDENT_ID, random)) {
            int n = next("id " + region + birthDate + sex.code());
            cards.add(new Card(CardType.RESIDENT_ID, ResidentId.of(region, birthDate, sex, n)));
        }
        if (Lot.chance(SHARE_WITH_SOCIAL_SECURITY_CARD, random)) {
            cards.add(new Card(
                    CardType.SOCIAL_SECURITY_CARD, "D%08d".formatted(scattered(number, 48_271, 100_000_000L))));
        }
        if (Lot.chance(SHARE_WITH_HEALTH_CARD, random)) {
            cards.add(new Card(
                    CardType.HEALTH_CARD,
                    "%016X%016X%016X%016X"
                            .formatted(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong())));
        }
        if (Lot.chance(SHARE_WITH_INSURANCE, random)) {
            String digits = "%012d".formatted(scattered(number, 7_777_777_777L, 1_000_000_000_000L));
            cards.add(new Card(CardType.INSURANCE, Region.NANAN + "00" + digits));
        }
        if (Lot.chance(SHARE_WITH_HEALTH_RECORD, random)) {
            String village = Region.NANAN + place.townCode() + place.villageCode();
            cards.add(new Card(CardType.HEALTH_RECORD, village + "%05d".formatted(next("record " + village) + 1)));
        }
        return cards;
    }

    /**
     * The numbers a hospital assigns at a counter. Each hospital counts from 1, so that two hospitals give the same number to
     * different people, as they do.
     */
    List<Card> hospitalNumbers(Hospital hospital) {
        List<Card> numbers = new ArrayList<>();
        numbers.add(new Card(CardType.OUTPATIENT, "%08d".formatted(next("outpatient " + hospital.id()) + 1)));
        if (Lot.chance(SHARE_ADMITTED, random)) {
            int admission = next("inpatient " + hospital.id()) + 1;
            numbers.add(new Card(CardType.INPATIENT, "ZY%07d".formatted(admission)));
            numbers.add(new Card(CardType.MEDICAL_RECORD, "%07d".formatted(admission)));
        }
        return numbers;
    }

    private int next(String series) {
        return issued.merge(series, 1, Integer::sum) - 1;
    }

    // A factor without the primes 2 and 5 permutes the remainders of a power of ten: scattered, and each only once.
    private static long scattered(int number, long factor, long powerOfTen) {
        return number * factor % powerOfTen;
    }
}
