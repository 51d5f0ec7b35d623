package org.countyhub.fhir.identity.match.quality;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.PersonName;
import org.countyhub.fhir.identity.PostalAddress;
import org.countyhub.fhir.identity.Sex;
import org.jspecify.annotations.Nullable;

/**
 * Persons like those of a North Carolina voter register: names, birth date, sex, phone, street, city and postal code, no number
 * of their own. Households of one to four share address, phone and mostly the surname. Each person once as is, and once with
 * a fifth of all values wrong: a slip, missing, a second slip, another phone or address after a move.
 */
final class EnglishPersons {
    private static final double WRONG = 0.2;
    private static final List<String> FIRST = words(
            "james mary robert patricia john jennifer michael linda david elizabeth "
                    + "william barbara richard susan joseph jessica thomas sarah charles karen christopher lisa daniel nancy matthew "
                    + "betty anthony sandra mark margaret donald ashley steven kimberly andrew emily paul donna joshua michelle "
                    + "kenneth carol kevin amanda brian melissa george deborah timothy stephanie ronald rebecca jason laura edward "
                    + "helen jeffrey sharon ryan cynthia jacob kathleen gary amy nicholas angela eric shirley jonathan anna stephen "
                    + "brenda larry pamela justin emma scott nicole brandon samantha benjamin katherine samuel christine gregory "
                    + "debra alexander rachel patrick carolyn frank janet raymond maria jack heather dennis diane jerry olivia");
    private static final List<String> SURNAMES =
            words("smith johnson williams brown jones garcia miller davis rodriguez "
                    + "martinez hernandez lopez gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson white "
                    + "harris sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores "
                    + "green adams nelson baker hall rivera campbell mitchell carter roberts");
    private static final List<String> HEADS =
            words("ash black brad bur cald carl craw dal dun ed elling fair gar gold green "
                    + "hal hart hather hollo hunting kings lang lin mar mel nor oak pem pres rad rock rush sel shel stan sut thorn "
                    + "wal wells whit win wood wor");
    private static final List<String> TAILS =
            words("bourne bridge brook bury by croft dale den field ford gate ham hurst "
                    + "ington land ley low man mer more ridge shaw ster stone ton well wick wood worth");
    private static final List<String> STREETS = words("street avenue road drive lane court circle place way trail");

    private final RandomGenerator random;
    private final Corruption corruption;

    EnglishPersons(long seed) {
        this.random = new Random(seed);
        this.corruption = new Corruption(random);
    }

    /** All persons as they are, then all again with errors. */
    List<Labelled> records(int persons) {
        List<Person> all = new ArrayList<>();
        while (all.size() < persons) {
            addHousehold(all);
        }
        List<Labelled> records = new ArrayList<>();
        for (int i = 0; i < persons; i++) {
            records.add(new Labelled(i, 0, record(all.get(i))));
        }
        for (int i = 0; i < persons; i++) {
            records.add(new Labelled(i, 0, record(corrupted(all.get(i)))));
        }
        return records;
    }

    private record Person(
            String given,
            String family,
            @Nullable String birthDate,
            Sex sex,
            String phone,
            String street,
            String city,
            String postalCode) {}

    private void addHousehold(List<Person> all) {
        String family = surname();
        String street = (1 + random.nextInt(2000)) + " " + compound() + " " + any(STREETS);
        int town = random.nextInt(300);
        String city = any(HEADS, town) + any(TAILS, town / 7);
        String phone = phone();
        for (int members = 1 + random.nextInt(4); members > 0; members--) {
            int first = (int) (FIRST.size() * Math.pow(random.nextDouble(), 1.5));
            LocalDate born = LocalDate.of(1930, 1, 1).plusDays(random.nextInt(28_000));
            all.add(new Person(
                    random.nextInt(4) == 0 ? compound() : FIRST.get(first),
                    random.nextInt(5) == 0 ? surname() : family,
                    born.toString().replace("-", ""),
                    first % 2 == 0 ? Sex.MALE : Sex.FEMALE,
                    random.nextInt(3) == 0 ? phone() : phone,
                    street,
                    city,
                    "%05d".formatted(27_000 + town)));
        }
    }

    private Person corrupted(Person person) {
        boolean moved = random.nextDouble() < WRONG / 2;
        return new Person(
                name(person.given),
                name(person.family),
                date(person.birthDate == null ? "" : person.birthDate),
                random.nextDouble() < WRONG / 10 ? Sex.UNKNOWN : person.sex,
                random.nextDouble() >= WRONG
                        ? person.phone
                        : switch (random.nextInt(3)) {
                            case 0 -> phone();
                            case 1 -> "";
                            default -> corruption.digitSlip(person.phone);
                        },
                moved ? (1 + random.nextInt(2000)) + " " + compound() + " " + any(STREETS) : text(person.street),
                text(person.city),
                random.nextDouble() < WRONG ? corruption.digitSlip(person.postalCode) : person.postalCode);
    }

    private String name(String name) {
        if (random.nextDouble() >= WRONG) {
            return name;
        }
        return switch (random.nextInt(10)) {
            case 0 -> "";
            case 1 -> name.substring(0, 1);
            case 2, 3 -> corruption.slip(corruption.slip(name));
            default -> corruption.slip(name);
        };
    }

    private String text(String text) {
        if (random.nextDouble() >= WRONG) {
            return text;
        }
        return random.nextInt(6) == 0 ? "" : corruption.slip(text);
    }

    private @Nullable String date(String digits) {
        if (random.nextDouble() >= WRONG) {
            return digits;
        }
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> digits.substring(0, 4) + digits.substring(6) + digits.substring(4, 6);
            case 2 -> digits.substring(0, 6) + "01";
            default -> corruption.digitSlip(digits);
        };
    }

    private static Demographics record(Person person) {
        return new Demographics(
                List.of(new PersonName(person.family, person.given)),
                Dates.parse(person.birthDate),
                person.sex,
                person.phone.isEmpty() ? Set.of() : Set.of(person.phone),
                List.of(new PostalAddress(person.street, person.city, "", "nc", person.postalCode)),
                List.of(),
                List.of(),
                false,
                false,
                0,
                null);
    }

    private String surname() {
        return random.nextInt(3) == 0
                ? SURNAMES.get((int) (SURNAMES.size() * Math.pow(random.nextDouble(), 1.5)))
                : compound();
    }

    private String compound() {
        return any(HEADS) + any(TAILS);
    }

    private String phone() {
        return "919" + (2_000_000 + random.nextInt(8_000_000));
    }

    private String any(List<String> words) {
        return any(words, random.nextInt(words.size()));
    }

    private static String any(List<String> words, int index) {
        return words.get(index % words.size());
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }
}
