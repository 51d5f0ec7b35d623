package org.countyhub.bench.county;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The registration counters of the hospitals: who went where and which cards were shown. Not thread-safe. */
final class Counter {
    private static final double SHARE_SHOWING_NO_CARD = 0.03;
    private static final double CHANCE_THAT_A_CARD_IS_SHOWN = 0.6;
    private static final double SHARE_REGISTERED_TWICE = 0.03;
    private static final String MATERNITY = "nanan-maternity";
    private static final int MOST_REGISTRATIONS = 16;

    private final RandomGenerator random;
    private final CardOffice office;
    private final long seed;

    Counter(RandomGenerator random, CardOffice office, long seed) {
        this.random = random;
        this.office = office;
        this.seed = seed;
    }

    /** At least one; a second in the same hospital now and then, made for self-pay with other cards. */
    List<Registration> registrations(Person person, LocalDate today) {
        List<Registration> registrations = new ArrayList<>();
        for (Hospital hospital : Hospitals.ALL) {
            if (Lot.chance(chanceOfVisit(person, hospital, today), random)) {
                registrations.add(register(person, hospital, registrations.size()));
                if (Lot.chance(SHARE_REGISTERED_TWICE, random)) {
                    registrations.add(register(person, hospital, registrations.size()));
                }
            }
        }
        if (registrations.isEmpty()) {
            registrations.add(register(person, Hospitals.ALL.getFirst(), 0));
        }
        return registrations;
    }

    private Registration register(Person person, Hospital hospital, int position) {
        List<Card> shown = new ArrayList<>();
        if (!Lot.chance(SHARE_SHOWING_NO_CARD, random)) {
            shown.addAll(Lot.some(cardsTakenAt(hospital, person), CHANCE_THAT_A_CARD_IS_SHOWN, random));
        }
        shown.addAll(office.hospitalNumbers(hospital));
        long key = Lot.seed(seed, (long) person.number() * MOST_REGISTRATIONS + position);
        return new Registration(hospital, Long.toUnsignedString(key, 36).toUpperCase(Locale.ROOT), shown);
    }

    private static List<Card> cardsTakenAt(Hospital hospital, Person person) {
        boolean keepsHealthRecords = hospital.level() == 1;
        return person.cards().stream()
                .filter(card -> card.type() != CardType.HEALTH_RECORD || keepsHealthRecords)
                .toList();
    }

    private static double chanceOfVisit(Person person, Hospital hospital, LocalDate today) {
        int age = person.ageOn(today);
        boolean motherOrChild = age < 7 || (person.sex() == Sex.FEMALE && age >= 20 && age < 45);
        double share = hospital.share() / 100.0;
        if (person.mother() != null) {
            return hospital.id().equals(MATERNITY) ? 1 : 0;
        }
        return switch (hospital.id()) {
            case MATERNITY -> motherOrChild ? 2.5 * share : share / 5;
            case "xiamei-health-centre" -> person.address().town().equals("霞美镇") ? 0.9 : share;
            default -> share;
        };
    }
}
