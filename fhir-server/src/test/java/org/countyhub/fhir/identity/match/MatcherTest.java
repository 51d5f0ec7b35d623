package org.countyhub.fhir.identity.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.junit.jupiter.api.Test;

class MatcherTest {
    private static final String ID = "350583198503071237";
    private static final String OTHER_ID = "350583198503071253";

    private final Matcher matcher = new Matcher(MatchModel.start());

    @Test
    void anEqualVerifiedCodeLinks() {
        Decision.Link link = linked(chen().id(ID), chen().id(ID));
        assertThat(link.evidence().rule()).isEqualTo(Evidence.Rule.VERIFIED_CODE);
    }

    @Test
    void aNameChangedUnderOneResidentIdLinks() {
        SomePerson renamed =
                SomePerson.named("林", "嘉豪").born("1985-03-07").id(ID).phone("13800000001");
        linked(chen().born("1985-03-07").id(ID).phone("13800000001"), renamed);
    }

    @Test
    void oneResidentIdUnderTwoNamesWithNothingElseInCommonIsReviewed() {
        assertConflict(chen().id(ID), SomePerson.named("林", "嘉豪").id(ID), Conflict.OTHER_NAME);
    }

    @Test
    void aVerifiedCodeWithAnotherSexIsReviewed() {
        assertConflict(chen().id(ID).male(), chen().id(ID).female(), Conflict.SEX);
    }

    @Test
    void aLentCardIsReviewed() {
        SomePerson owner = card(chen().born("1985-03-07").male());
        assertConflict(card(SomePerson.named("林", "大山").male()), owner, Conflict.OTHER_NAME);
        assertConflict(card(chen().born("1961-11-20").male()), owner, Conflict.BIRTH_DATE);
    }

    @Test
    void twoPersonsWithOneCodeAreReviewed() {
        List<Candidate> both = List.of(
                Candidate.of("a", List.of(chen().id(ID).record())),
                Candidate.of("b", List.of(chen().id(ID).record())));
        assertThat(matcher.decide(chen().id(ID).record(), both)).isInstanceOf(Decision.Review.class);
    }

    @Test
    void theNumberOfOneHospitalLinksWithinItOnly() {
        SomePerson record = SomePerson.named("陈", "强").code(SomePerson.HOSPITAL_NUMBER, "77", Standing.LOCAL);
        assertThat(linked(record, record).evidence().rule()).isEqualTo(Evidence.Rule.LOCAL_CODE);
        SomePerson elsewhere =
                SomePerson.named("陈", "强").code("https://example.org/sid/hospital-2", "77", Standing.LOCAL);
        assertThat(decide(record, elsewhere)).isEqualTo(new Decision.New());
    }

    @Test
    void nameBirthDateSexAndPhoneLinkWithoutACode() {
        Decision.Link link = linked(full(), full());
        assertThat(link.evidence().rule()).isEqualTo(Evidence.Rule.WEIGHTS);
        assertThat(link.evidence().probability()).isGreaterThan(0.999);
    }

    @Test
    void theEvidenceAddsUp() {
        Evidence evidence = linked(full(), full()).evidence();
        double fields =
                evidence.fields().stream().mapToDouble(Evidence.Weighed::bits).sum();
        double prior = Rates.log2(MatchModel.start().prior());
        assertThat(prior + fields - evidence.withheld()).isCloseTo(evidence.total(), offset(1e-5));
        assertThat(evidence.fields()).extracting(Evidence.Weighed::field).containsExactly(Field.values());
    }

    @Test
    void nameAndBirthDateAloneAreReviewed() {
        assertThat(decide(
                        chen().born("1985-03-07").male(),
                        chen().born("1985-03-07").male()))
                .isInstanceOf(Decision.Review.class);
    }

    @Test
    void aRareNameLinksWhereAFrequentOneIsReviewed() {
        MatchModel start = MatchModel.start();
        NameFrequencies families = new NameFrequencies(Map.of("陈", 100_000), 1_000_000, 0.04);
        Matcher counted = new Matcher(
                new MatchModel(start.prior(), start.rates(), families, NameFrequencies.NONE, start.thresholds()));
        SomePerson frequent = chen().born("1985-03-07").male();
        SomePerson rare = SomePerson.named("赫", "志强").born("1985-03-07").male();
        assertThat(counted.decide(frequent.record(), List.of(person(frequent)))).isInstanceOf(Decision.Review.class);
        assertThat(counted.decide(rare.record(), List.of(person(rare)))).isInstanceOf(Decision.Link.class);
    }

    @Test
    void strangersAreNew() {
        SomePerson other =
                SomePerson.named("林", "丽华").born("1961-11-20").female().phone("15011112222");
        assertThat(decide(full(), other)).isEqualTo(new Decision.New());
        assertThat(matcher.decide(full().record(), List.of())).isEqualTo(new Decision.New());
    }

    @Test
    void whoIsLikeTwoPersonsIsReviewed() {
        List<Candidate> both = List.of(person(full()), Candidate.of("other", List.of(full().record())));
        Decision decision = matcher.decide(full().record(), both);
        assertThat(decision).isInstanceOf(Decision.Review.class);
        assertThat(((Decision.Review) decision).candidates()).hasSize(2);
    }

    @Test
    void theOrderOfCandidatesIsNoMatter() {
        List<Candidate> candidates = new ArrayList<>(List.of(
                person(full()),
                Candidate.of("other", List.of(full().record())),
                Candidate.of("third", List.of(chen().record()))));
        Decision forward = matcher.decide(full().record(), candidates);
        assertThat(matcher.decide(full().record(), candidates.reversed())).isEqualTo(forward);
    }

    @Test
    void otherResidentIdsAreReviewedWhenAllElseAgrees() {
        assertConflict(full().id(ID), full().id(OTHER_ID), Conflict.RESIDENT_ID);
    }

    @Test
    void bloodGroupsThatDifferAreReviewed() {
        assertConflict(full().blood("A"), full().blood("B"), Conflict.BLOOD_GROUP);
    }

    @Test
    void oneRecordThatAgreesOutweighsOneThatContradicts() {
        Candidate corrected = Candidate.of("person", List.of(full().female().record(), full().record()));
        assertThat(matcher.decide(full().record(), List.of(corrected))).isInstanceOf(Decision.Link.class);
    }

    @Test
    void theSameResidentIdOutweighsARecordOfAnotherBirthDate() {
        Candidate mixed = Candidate.of(
                "person",
                List.of(
                        full().born("1985-03-07").id(ID).record(),
                        full().born("1960-11-28").record()));
        assertThat(matcher.decide(full().born("1985-03-07").id(ID).record(), List.of(mixed)))
                .isInstanceOf(Decision.Link.class);
    }

    private Decision decide(SomePerson incoming, SomePerson known) {
        return matcher.decide(incoming.record(), List.of(person(known)));
    }

    private Decision.Link linked(SomePerson incoming, SomePerson known) {
        Decision decision = decide(incoming, known);
        assertThat(decision).isInstanceOf(Decision.Link.class);
        assertThat(((Decision.Link) decision).personId()).isEqualTo("person");
        return (Decision.Link) decision;
    }

    private void assertConflict(SomePerson incoming, SomePerson known, Conflict conflict) {
        Decision decision = decide(incoming, known);
        assertThat(decision).isInstanceOf(Decision.Review.class);
        assertThat(((Decision.Review) decision).candidates().getFirst().conflicts())
                .contains(conflict);
    }

    private static Candidate person(SomePerson record) {
        return Candidate.of("person", List.of(record.record()));
    }

    private static SomePerson card(SomePerson person) {
        return person.code(SomePerson.CARD, "12345678", Standing.VERIFIED);
    }

    private static SomePerson chen() {
        return SomePerson.named("陈", "志强");
    }

    private static SomePerson full() {
        return chen().born("1985-03-07").male().phone("13800000001").living("林坑村12号", "美林街道");
    }
}
