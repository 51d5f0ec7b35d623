package org.countyhub.bench.county;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Families one after another: who lives together shares an address, a surname and often a phone. Not thread-safe. */
final class Households {
    private static final double SHARE_OF_MINORITY = 0.005;
    private static final double SHARE_MARRIED = 0.8;
    private static final double SHARE_WITH_OLD_PARENT = 0.25;
    private static final double SHARE_OF_MOTHERS_WITH_NEWBORN = 0.08;
    private static final double SHARE_OF_TWINS = 0.08;
    private static final double SHARE_WITH_OWN_PHONE = 0.8;
    private static final List<String> MOBILE_PREFIXES =
            List.of("134", "135", "136", "137", "138", "139", "150", "151", "158", "159", "177", "180", "185", "189");

    private final RandomGenerator random;
    private final LocalDate today;
    private final CardOffice office;
    private final Counter counter;
    private int number;

    Households(RandomGenerator random, LocalDate today, long seed) {
        this.random = random;
        this.today = today;
        this.office = new CardOffice(random);
        this.counter = new Counter(random, office, seed);
    }

    /** Those who live together, grown-ups first. */
    List<Person> next() {
        Home home = new Home(Place.draw(random), phone());
        if (Lot.chance(SHARE_OF_MINORITY, random)) {
            return List.of(migrant(home));
        }
        List<Person> members = new ArrayList<>();
        String surname = Names.surname(random);
        int age = 22 + Math.min(random.nextInt(62), random.nextInt(62));
        members.add(relative(home, surname, Sex.MALE, age));
        if (Lot.chance(SHARE_WITH_OLD_PARENT, random) && age < 68) {
            Sex sex = Lot.chance(0.6, random) ? Sex.FEMALE : Sex.MALE;
            String own = sex == Sex.MALE ? surname : Names.surname(random);
            members.add(relative(home, own, sex, age + 22 + random.nextInt(9)));
        }
        if (Lot.chance(SHARE_MARRIED, random)) {
            int wifesAge = Math.max(20, age - 4 + random.nextInt(7));
            Person wife = relative(home, Names.surname(random), Sex.FEMALE, wifesAge);
            members.add(wife);
            addChildren(members, home, surname, wife);
        }
        return members;
    }

    private record Home(Place place, String phone) {}

    private Person migrant(Home home) {
        Sex sex = random.nextBoolean() ? Sex.MALE : Sex.FEMALE;
        Names.FarName far = Names.minority(sex, random);
        return resident(home, far.name(), sex, birthDate(20 + random.nextInt(30)), far.region());
    }

    private void addChildren(List<Person> members, Home home, String surname, Person mother) {
        int mothersAge = mother.ageOn(today);
        int atBirth = 21 + random.nextInt(9);
        for (int wanted = 1 + random.nextInt(3); wanted > 0 && mothersAge > atBirth; wanted--) {
            int age = mothersAge - atBirth;
            boolean livesHere = age < 20 || Lot.chance(0.3, random);
            if (livesHere && age >= 1) {
                members.add(relative(home, surname, random.nextBoolean() ? Sex.MALE : Sex.FEMALE, age));
            }
            atBirth += 2 + random.nextInt(4);
        }
        if (mothersAge >= 20 && mothersAge < 43 && Lot.chance(SHARE_OF_MOTHERS_WITH_NEWBORN, random)) {
            LocalDate born = today.minusDays(3 + random.nextInt(38));
            boolean twins = Lot.chance(SHARE_OF_TWINS, random);
            members.add(newborn(home, mother, born, twins ? 1 : 0));
            if (twins) {
                members.add(newborn(home, mother, born, 2));
            }
        }
    }

    private Person relative(Home home, String surname, Sex sex, int age) {
        LocalDate birthDate = birthDate(age);
        PersonName name = new PersonName(surname, Names.given(sex, birthDate.getYear(), random));
        return resident(home, name, sex, birthDate, Region.draw(random));
    }

    private Person resident(Home home, PersonName name, Sex sex, LocalDate birthDate, String region) {
        int own = ++number;
        List<Card> cards = office.nationalCards(own, region, birthDate, sex, home.place);
        Person unregistered = person(own, home, name, sex, birthDate, null, 0, cards);
        return registered(unregistered);
    }

    private Person newborn(Home home, Person mother, LocalDate born, int birthOrder) {
        Sex sex = random.nextBoolean() ? Sex.MALE : Sex.FEMALE;
        PersonName name = Names.newborn(mother.name(), sex, birthOrder);
        return registered(person(++number, home, name, sex, born, mother, birthOrder, List.of()));
    }

    private Person person(
            int own,
            Home home,
            PersonName name,
            Sex sex,
            LocalDate birthDate,
            @Nullable Person mother,
            int birthOrder,
            List<Card> cards) {
        int age = today.getYear() - birthDate.getYear();
        boolean ownPhone = age >= 14 && age < 75 && Lot.chance(SHARE_WITH_OWN_PHONE, random);
        String phone = ownPhone ? phone() : home.phone;
        return new Person(own, name, sex, birthDate, home.place.address(), phone, mother, birthOrder, cards, List.of());
    }

    private Person registered(Person person) {
        return new Person(
                person.number(),
                person.name(),
                person.sex(),
                person.birthDate(),
                person.address(),
                person.phone(),
                person.mother(),
                person.birthOrder(),
                person.cards(),
                counter.registrations(person, today));
    }

    private LocalDate birthDate(int age) {
        return today.minusYears(age).minusDays(1 + random.nextInt(364));
    }

    private String phone() {
        return Lot.any(MOBILE_PREFIXES, random) + "%08d".formatted(random.nextInt(100_000_000));
    }
}
