package org.countyhub.fhir.identity.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.countyhub.fhir.identity.PersonCode.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    private static final String ID = "350583198503071237";

    @ParameterizedTest
    @CsvSource({
        "1985-03-07, 1985-03-07, EQUAL",
        "1985-03-07, 1985-07-03, SIMILAR",
        "1985-03-07, 1985-03-17, SIMILAR",
        "1985-03-07, 1958-03-07, SIMILAR",
        "1985-03-07, 1985-03-28, LOOSE",
        "1989-03-07, 1990-03-07, LOOSE",
        "1985-03-07, 1961-11-20, DIFFERENT"
    })
    void birthDatesAreComparedAsTheyAreMistyped(String a, String b, Level expected) {
        assertThat(level(Field.BIRTH_DATE, some().born(a), some().born(b))).isEqualTo(expected);
    }

    @Test
    void whatOneSideLeavesOutIsNoEvidence() {
        Comparison comparison = Comparison.of(some().traits(), full().traits());
        for (Field field : Field.values()) {
            assertThat(comparison.level(field)).isEqualTo(field == Field.NAME ? Level.EQUAL : Level.MISSING);
        }
    }

    @Test
    void theResidentIdHoldsBirthDateAndSexWhichCountOnce() {
        Comparison comparison =
                Comparison.of(full().id(ID).traits(), full().id(ID).traits());
        assertThat(comparison.level(Field.CODE)).isEqualTo(Level.EQUAL);
        assertThat(comparison.level(Field.BIRTH_DATE)).isEqualTo(Level.IMPLIED);
        assertThat(comparison.level(Field.SEX)).isEqualTo(Level.IMPLIED);
    }

    @Test
    void theBirthDateInAResidentIdStandsBesideAMistypedOne() {
        SomePerson typed = some().born("1966-12-24").id(ID);
        assertThat(level(Field.BIRTH_DATE, typed, some().born("1985-03-07"))).isEqualTo(Level.EQUAL);
        assertThat(level(Field.SEX, typed, some().male())).isEqualTo(Level.EQUAL);
    }

    @Test
    void refutedCodesAreNeverCompared() {
        SomePerson refuted = some().code(SomePerson.CARD, "12345678", Standing.REFUTED);
        assertThat(level(Field.CODE, refuted, some().card("12345678"))).isEqualTo(Level.MISSING);
    }

    @Test
    void codesAreComparedWithinOneSystemOnly() {
        assertThat(level(Field.CODE, some().card("12345678"), some().card("12345687")))
                .isEqualTo(Level.SIMILAR);
        assertThat(level(Field.CODE, some().card("12345678"), some().card("99945678")))
                .isEqualTo(Level.DIFFERENT);
        SomePerson other = some().code("https://example.org/sid/hospital-2", "77", Standing.LOCAL);
        assertThat(level(Field.CODE, some().code(SomePerson.HOSPITAL_NUMBER, "77", Standing.LOCAL), other))
                .isEqualTo(Level.MISSING);
    }

    @Test
    void oneOfSeveralPhonesIsEnough() {
        SomePerson two = some().phone("13800000001", "13900000002");
        assertThat(level(Field.PHONE, two, some().phone("13900000002"))).isEqualTo(Level.EQUAL);
        assertThat(level(Field.PHONE, two, some().phone("13900000012"))).isEqualTo(Level.SIMILAR);
        assertThat(level(Field.PHONE, two, some().phone("15011112222"))).isEqualTo(Level.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource({
        "林坑村12号, 美林街道, 林坑村１２号, 美林街道, EQUAL",
        "林坑村12号, 美林街道, 林坑12号, 美林街道, LOOSE",
        "美林街道林坑村12号, 美林街道, 林坑村12号, 美林街道, EQUAL",
        "林坑村12号, 美林街道, 林坑村14号, 美林街道, LOOSE",
        "林坑村12号, 美林街道, 溪洲村3号, 美林街道, AREA",
        "林坑村12号, 美林街道, 洪梅村3号, 诗山镇, DIFFERENT"
    })
    void addressesAgreeByHouseStreetOrTown(String a, String town, String b, String otherTown, Level expected) {
        assertThat(level(Field.ADDRESS, some().living(a, town), some().living(b, otherTown)))
                .isEqualTo(expected);
    }

    @Test
    void aPlaceholderIsNoName() {
        assertThat(level(Field.NAME, SomePerson.newborn("李四之子"), SomePerson.named("", "李四之子")))
                .isEqualTo(Level.MISSING);
    }

    private static SomePerson some() {
        return SomePerson.named("陈", "志强");
    }

    private static SomePerson full() {
        return some().born("1985-03-07").male().phone("13800000001").living("林坑村12号", "美林街道");
    }

    private static Level level(Field field, SomePerson a, SomePerson b) {
        Level level = Comparison.of(a.traits(), b.traits()).level(field);
        assertThat(Comparison.of(b.traits(), a.traits()).level(field)).isEqualTo(level);
        return level;
    }
}
