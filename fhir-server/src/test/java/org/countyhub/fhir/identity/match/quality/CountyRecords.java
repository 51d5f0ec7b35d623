package org.countyhub.fhir.identity.match.quality;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.PersonCode;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.countyhub.fhir.identity.PersonName;
import org.countyhub.fhir.identity.PostalAddress;
import org.countyhub.fhir.identity.Sex;
import org.countyhub.fhir.identity.match.quality.CountyPersons.Person;
import org.jspecify.annotations.Nullable;

/**
 * What hospitals write down of a person. With the resident ID the rest mostly comes from the card; without it, in 15 % of the
 * records, it is typed: one name of eighty wrong, half of these by sound, and one birth date of sixty.
 */
final class CountyRecords {
    private static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";
    private static final String SOCIAL_SECURITY = "urn:oid:2.16.840.1.113883.2.23.1.19.2";
    private static final double WITHOUT_ID = 0.15;
    private static final double ID_MISTYPED = 0.005;
    private static final double NAME_WRONG = 0.0125;
    private static final double NAME_WRONG_WITH_ID = 0.002;
    private static final double DATE_WRONG = 0.016;
    private static final double DATE_MISSING = 0.004;
    private static final double SEX_WRONG = 0.001;
    private static final double VARIANT_CHARACTER = 0.005;
    private static final double CARD_REISSUED = 0.1;

    private final RandomGenerator random;
    private final Corruption corruption;
    private final List<Person> persons;
    private int number;

    CountyRecords(RandomGenerator random, List<Person> persons) {
        this.random = random;
        this.corruption = new Corruption(random);
        this.persons = persons;
    }

    Labelled write(Person person) {
        boolean withId = !chance(WITHOUT_ID);
        boolean mistyped = withId && chance(ID_MISTYPED);
        List<PersonCode> codes = new ArrayList<>();
        if (mistyped) {
            codes.add(new PersonCode(RESIDENT_ID, corruption.digitSlip(person.residentId()), Standing.REFUTED));
        } else if (withId) {
            codes.add(new PersonCode(RESIDENT_ID, person.residentId(), Standing.VERIFIED));
        }
        if (chance(0.5)) {
            codes.add(new PersonCode(SOCIAL_SECURITY, card(person), Standing.UNCHECKED));
        }
        codes.add(new PersonCode(
                "https://example.org/sid/hospital-" + random.nextInt(5), "P" + ++number, Standing.LOCAL));
        boolean read = withId && !mistyped;
        Demographics record = new Demographics(
                List.of(name(person, read)),
                date(person.birthDate(), read),
                !read && chance(SEX_WRONG) ? (person.sex() == Sex.MALE ? Sex.FEMALE : Sex.MALE) : person.sex(),
                phones(person),
                addresses(person),
                person.mother().isEmpty() || chance(0.3)
                        ? List.of()
                        : List.of(new PersonName(
                                person.mother().substring(0, 1), person.mother().substring(1))),
                codes,
                false,
                false,
                0,
                chance(0.1) ? List.of("A", "B", "O", "AB").get(person.number() % 4) : null);
        return new Labelled(person.number(), person.birth(), record);
    }

    private String card(Person person) {
        return chance(CARD_REISSUED)
                ? "9" + person.card().substring(1)
                : chance(0.01) ? corruption.digitSlip(person.card()) : person.card();
    }

    private PersonName name(Person person, boolean read) {
        String family = person.family();
        StringBuilder given = new StringBuilder(person.given());
        if (chance(read ? NAME_WRONG_WITH_ID : NAME_WRONG)) {
            int at = random.nextInt(given.length());
            char right = given.charAt(at);
            double kind = random.nextDouble();
            char wrong = kind < 0.5 ? Typos.homophone(right, random) : Typos.lookalike(right, random);
            if (kind > 0.9) {
                family = String.valueOf(Typos.homophone(family.charAt(0), random));
            } else {
                given.setCharAt(at, wrong);
            }
        } else if (chance(VARIANT_CHARACTER)) {
            int at = "国杰华丽强".indexOf(given.charAt(given.length() - 1));
            if (at >= 0) {
                given.setCharAt(given.length() - 1, "國傑華麗強".charAt(at));
            }
        }
        return random.nextBoolean() ? new PersonName(family, given.toString()) : new PersonName("", family + given);
    }

    private @Nullable LocalDate date(LocalDate right, boolean read) {
        if (read) {
            return right;
        }
        if (chance(DATE_MISSING)) {
            return null;
        }
        if (!chance(DATE_WRONG)) {
            return right;
        }
        return switch (random.nextInt(5)) {
            case 0 -> right.plusYears(random.nextBoolean() ? 1 : -1);
            case 1 -> right.plusDays(20 + random.nextInt(25));
            default -> {
                LocalDate slip =
                        Dates.parse(corruption.digitSlip(right.toString().replace("-", "")));
                yield slip == null ? right : slip;
            }
        };
    }

    private Set<String> phones(Person person) {
        double kind = random.nextDouble();
        if (kind < 0.1) {
            return Set.of();
        }
        if (kind < 0.2) {
            // Of somebody of the household, who mostly stands nearby in the list.
            int other = Math.max(0, Math.min(persons.size() - 1, person.number() + random.nextInt(5) - 2));
            return Set.of(persons.get(other).phone());
        }
        return Set.of(kind < 0.21 ? corruption.digitSlip(person.phone()) : person.phone());
    }

    private List<PostalAddress> addresses(Person person) {
        double kind = random.nextDouble();
        if (kind < 0.15) {
            return List.of();
        }
        String line = kind < 0.2
                ? person.line().replace("村", "").replace("社区", "")
                : kind < 0.25 ? person.line().replace("号", "") : person.line();
        String town = kind < 0.3 ? "" : person.town();
        if (kind > 0.95) {
            Person elsewhere = persons.get(random.nextInt(persons.size()));
            return List.of(new PostalAddress(elsewhere.line(), "南安市", elsewhere.town(), "福建省", "362300"));
        }
        return List.of(new PostalAddress(line, "南安市", town, "福建省", "362300"));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
