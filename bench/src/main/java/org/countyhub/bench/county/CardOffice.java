package org.countyhub.bench.county;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
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

    private static final HexFormat HEXADECIMAL = HexFormat.of().withUpperCase();

    private final RandomGenerator random;
    private final Map<String, Integer> issued = new HashMap<>();

    CardOffice(RandomGenerator random) {
        this.random = random;
    }

    /** The cards of the person of a number; what people own differs. */
    List<Card> nationalCards(int number, String region, LocalDate birthDate, Sex sex, Place place) {
        List<Card> cards = new ArrayList<>();
        if (Lot.chance(SHARE_WITH_RESIDENT_ID, random)) {
            cards.add(new Card(CardType.RESIDENT_ID, residentId(region, birthDate, sex)));
        }
        if (Lot.chance(SHARE_WITH_SOCIAL_SECURITY_CARD, random)) {
            String digits = padded(scattered(number, 48_271, 100_000_000L), 8);
            cards.add(new Card(CardType.SOCIAL_SECURITY_CARD, "D" + digits));
        }
        if (Lot.chance(SHARE_WITH_HEALTH_CARD, random)) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            cards.add(new Card(CardType.HEALTH_CARD, HEXADECIMAL.formatHex(bytes)));
        }
        if (Lot.chance(SHARE_WITH_INSURANCE, random)) {
            String digits = padded(scattered(number, 7_777_777_777L, 1_000_000_000_000L), 12);
            cards.add(new Card(CardType.INSURANCE, Region.NANAN + "00" + digits));
        }
        if (Lot.chance(SHARE_WITH_HEALTH_RECORD, random)) {
            String village = Region.NANAN + place.townCode() + place.villageCode();
            cards.add(new Card(CardType.HEALTH_RECORD, village + padded(next("record " + village) + 1, 5)));
        }
        return cards;
    }

    /**
     * The numbers a hospital assigns at a counter. Each hospital counts from 1, so that two hospitals give the same number to
     * different people, as they do.
     */
    List<Card> hospitalNumbers(Hospital hospital) {
        List<Card> numbers = new ArrayList<>();
        numbers.add(new Card(CardType.OUTPATIENT, padded(next("outpatient " + hospital.id()) + 1, 8)));
        if (Lot.chance(SHARE_ADMITTED, random)) {
            int admission = next("inpatient " + hospital.id()) + 1;
            numbers.add(new Card(CardType.INPATIENT, "ZY" + padded(admission, 7)));
            numbers.add(new Card(CardType.MEDICAL_RECORD, padded(admission, 7)));
        }
        return numbers;
    }

    // A day's sequences start anywhere, as they do in a region far larger than a sample of it.
    private String residentId(String region, LocalDate birthDate, Sex sex) {
        String series = region + birthDate + sex.code();
        int n = Math.floorMod(series.hashCode() + next(series), ResidentId.SEQUENCES);
        return ResidentId.of(region, birthDate, sex, n);
    }

    private int next(String series) {
        return issued.merge(series, 1, Integer::sum) - 1;
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    // A factor without the primes 2 and 5 permutes the remainders of a power of ten: scattered, and each only once.
    private static long scattered(int number, long factor, long powerOfTen) {
        return number * factor % powerOfTen;
    }
}
