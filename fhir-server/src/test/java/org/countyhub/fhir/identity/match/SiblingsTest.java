package org.countyhub.fhir.identity.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twins and newborns, who agree on nearly everything. */
class SiblingsTest {
    private final Matcher matcher = new Matcher(MatchModel.start());

    @ParameterizedTest
    @ValueSource(strings = {"佳慧", "家怡", "佳", "佳宜", "加怡", "怡佳", "丽"})
    void twinsAreNeverLinkedByWeights(String given) {
        assertNotLinked(child("佳怡"), child(given));
        assertNotLinked(child("佳怡").card("12345678"), child(given).card("12345678"));
        assertNotLinked(child("佳怡").born("2019-05-14"), child(given));
    }

    @Test
    void aTraditionalCharacterMakesNoTwin() {
        assertThat(decide(child("嘉麗"), child("嘉丽"))).isInstanceOf(Decision.Link.class);
    }

    @Test
    void anEqualVerifiedCodeTellsATypoFromATwin() {
        SomePerson mistyped = child("家怡").code(SomePerson.CARD, "12345678", Standing.VERIFIED);
        SomePerson right = child("佳怡").code(SomePerson.CARD, "12345678", Standing.VERIFIED);
        assertThat(decide(mistyped, right)).isInstanceOf(Decision.Link.class);
    }

    @Test
    void anotherPlaceAmongTwinsForbidsEvenUnderOneCode() {
        SomePerson first = child("佳怡").twin(1).code(SomePerson.CARD, "12345678", Standing.VERIFIED);
        SomePerson second = child("佳怡").twin(2).code(SomePerson.CARD, "12345678", Standing.VERIFIED);
        assertNotLinked(second, first);
    }

    @Test
    void twinsInLettersAreNotLinked() {
        SomePerson first =
                SomePerson.named("smith", "emma").born("2019-05-04").female().phone("9195551234");
        SomePerson second =
                SomePerson.named("smith", "olivia").born("2019-05-04").female().phone("9195551234");
        assertNotLinked(first, second);
    }

    @Test
    void newbornsWithoutACodeAreNeverLinked() {
        SomePerson newborn = SomePerson.newborn("李丽之女")
                .born("2019-05-04")
                .female()
                .phone("13800000001")
                .living("林坑村12号", "美林街道")
                .childOf("李", "丽");
        assertNotLinked(newborn, newborn);
        assertNotLinked(newborn, child("佳怡"));
        newborn.code(SomePerson.HOSPITAL_NUMBER, "77", Standing.LOCAL);
        assertThat(decide(newborn, newborn)).isInstanceOf(Decision.Link.class);
    }

    @Test
    void boyAndGirlOfOneBirthAreNotEvenReviewed() {
        assertThat(decide(child("佳怡"), child("佳豪").male())).isEqualTo(new Decision.New());
    }

    private void assertNotLinked(SomePerson incoming, SomePerson known) {
        assertThat(decide(incoming, known)).isNotInstanceOf(Decision.Link.class);
        assertThat(decide(known, incoming)).isNotInstanceOf(Decision.Link.class);
    }

    private Decision decide(SomePerson incoming, SomePerson known) {
        return matcher.decide(incoming.record(), List.of(Candidate.of("person", List.of(known.record()))));
    }

    private static SomePerson child(String given) {
        return SomePerson.named("陈", given)
                .born("2019-05-04")
                .female()
                .phone("13800000001")
                .living("林坑村12号", "美林街道")
                .childOf("李", "丽");
    }
}
