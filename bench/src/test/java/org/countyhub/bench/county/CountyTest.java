package org.countyhub.bench.county;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountyTest {
    private static final County COUNTY = County.of(1, 20_000);

    @Test
    void aSeedAlwaysGivesTheSameCounty() {
        assertThat(County.of(7, 300).persons()).isEqualTo(County.of(7, 300).persons());
        assertThat(County.of(8, 300).persons()).isNotEqualTo(County.of(7, 300).persons());
    }

    @Test
    void aSmallCountyIsTheBeginningOfALargerOne() {
        assertThat(County.of(1, 300).persons()).isEqualTo(COUNTY.persons().subList(0, 300));
    }

    @Test
    void refusesACountyOfNobody() {
        assertThatThrownBy(() -> County.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noCardIsGivenOutTwice() {
        assertThat(COUNTY.persons().stream().flatMap(person -> person.cards().stream()))
                .hasSizeGreaterThan(60_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void residentIdsAreValidAndAgreeWithTheirOwner() {
        assertThat(COUNTY.persons())
                .filteredOn(person -> person.card(CardType.RESIDENT_ID).isPresent())
                .hasSizeGreaterThan(19_000)
                .allSatisfy(person -> {
                    String id = person.card(CardType.RESIDENT_ID).orElseThrow().value();
                    assertThat(ResidentId.isValid(id)).isTrue();
                    assertThat(ResidentId.birthDate(id)).isEqualTo(person.birthDate());
                    assertThat(ResidentId.sex(id)).isEqualTo(person.sex());
                });
    }

    @Test
    void healthCardsHaveSixtyFourHexadecimalDigits() {
        assertThat(cards(CardType.HEALTH_CARD)).allMatch(value -> value.matches("[0-9A-F]{64}"));
        assertThat(cards(CardType.HEALTH_RECORD)).allMatch(value -> value.matches("350583\\d{11}"));
    }

    @Test
    void peopleOwnDifferentCards() {
        assertThat(COUNTY.persons().stream()
                        .map(person -> person.cards().size())
                        .distinct())
                .contains(0, 2, 3, 4, 5);
    }

    @Test
    void aHospitalsKeyAndNumbersAreItsOwn() {
        Map<String, List<Registration>> byHospital = COUNTY.persons().stream()
                .flatMap(person -> person.registrations().stream())
                .collect(Collectors.groupingBy(
                        registration -> registration.hospital().id()));

        assertThat(byHospital).hasSize(5);
        byHospital.values().forEach(registrations -> {
            assertThat(registrations).extracting(Registration::patientKey).doesNotHaveDuplicates();
            assertThat(registrations)
                    .flatExtracting(Registration::cards)
                    .filteredOn(card -> card.type().perHospital())
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void twoHospitalsGiveTheSameOutpatientNumberToDifferentPeople() {
        Card first = new Card(CardType.OUTPATIENT, "00000001");

        assertThat(COUNTY.persons())
                .filteredOn(person -> person.registrations().stream()
                        .anyMatch(registration -> registration.cards().contains(first)))
                .hasSizeGreaterThan(1);
    }

    @Test
    void someHaveTwoRecordsInOneHospital() {
        assertThat(COUNTY.persons())
                .anyMatch(person -> person.registrations().stream()
                                .map(Registration::hospital)
                                .distinct()
                                .count()
                        < person.registrations().size());
    }

    @Test
    void newbornsAreCalledAfterTheirMotherAndOwnNoCard() {
        List<Person> newborns = COUNTY.persons().stream()
                .filter(person -> person.mother() != null)
                .toList();

        assertThat(newborns).hasSizeBetween(50, 600).allSatisfy(newborn -> {
            Person mother = newborn.mother();
            assertThat(mother).isNotNull();
            assertThat(newborn.name().text()).startsWith(mother.name().text() + "之");
            assertThat(newborn.cards()).isEmpty();
            assertThat(newborn.address()).isEqualTo(mother.address());
            assertThat(mother.ageOn(newborn.birthDate())).isBetween(18, 45);
        });
        assertThat(newborns).anyMatch(newborn -> newborn.birthOrder() == 2);
    }

    @Test
    void surnamesAreAsFrequentAsInSouthernFujian() {
        Map<String, Long> counts = COUNTY.persons().stream()
                .map(person -> person.name().family())
                .filter(family -> !family.isEmpty())
                .collect(Collectors.groupingBy(family -> family, Collectors.counting()));
        List<String> byFrequency = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(byFrequency.getFirst()).isEqualTo("陈");
        assertThat(byFrequency.subList(0, 8)).contains("林", "黄", "王", "李", "吴");
        assertThat(counts.getOrDefault("陈", 0L) / 20_000.0).isBetween(0.06, 0.11);
        assertThat(counts).hasSizeGreaterThan(95);
    }

    @Test
    void givenNamesFollowTheGeneration() {
        assertThat(namesBornFrom(2015)).doesNotContain("建国", "秀英");
        assertThat(namesBornFrom(0)).contains("建国");
    }

    @Test
    void aFewNamesHaveTheInterpunct() {
        assertThat(COUNTY.persons())
                .filteredOn(person -> person.name().text().contains("·"))
                .hasSizeBetween(10, 200);
    }

    @Test
    void familiesShareAPhone() {
        assertThat(COUNTY.persons().stream().map(Person::phone).distinct().count())
                .isBetween(8_000L, 17_000L);
        assertThat(COUNTY.persons()).allMatch(person -> person.phone().matches("1\\d{10}"));
    }

    @Test
    void noOneIsBornInTheFutureOrTooLongAgo() {
        assertThat(COUNTY.persons()).allMatch(person -> person.birthDate().isBefore(COUNTY.today()));
        assertThat(COUNTY.persons()).allMatch(person -> person.ageOn(COUNTY.today()) <= 105);
    }

    private static List<String> cards(CardType type) {
        return COUNTY.persons().stream()
                .flatMap(person -> person.card(type).stream())
                .map(Card::value)
                .toList();
    }

    private static Stream<String> namesBornFrom(int year) {
        return COUNTY.persons().stream()
                .filter(person -> person.birthDate().getYear() >= year)
                .map(person -> person.name().given());
    }
}
