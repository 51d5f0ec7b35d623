package org.countyhub.fhir.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A40: two records of one patient (HL7 v2.5.1 section 3.3.40). */
class AdtMergeTest {
    private static MllpHub hub;

    @BeforeAll
    static void start() {
        hub = MllpHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static JsonNode link(String number) {
        return hub.patient(number).path("link").path(0);
    }

    @Test
    void theOldRecordPointsToTheNewOneAndTheirPersonsAreOne() {
        hub.accepted(Adt.man("A01", "1", "赵^甲", ""));
        hub.accepted(Adt.man("A04", "2", "赵^田", ""));
        assertThat(hub.person("1")).isNotEqualTo(hub.person("2"));

        Answer answer = hub.send(Adt.merge("1", "2"));

        assertThat(answer.code()).as(answer.text()).isEqualTo("AA");
        assertThat(hub.patient("2").path("active").asBoolean(true)).isFalse();
        assertThat(link("2").path("type").asText()).isEqualTo("replaced-by");
        assertThat(link("2").path("other").path("reference").asText())
                .isEqualTo("Patient/" + hub.patient("1").path("id").asText());
        assertThat(hub.patient("1").path("active").asBoolean()).isTrue();
        assertThat(hub.patient("1").path("meta").path("versionId").asText()).isEqualTo("1");
        assertThat(hub.person("2")).isEqualTo(hub.person("1"));
    }

    @Test
    void theSenderIsNamedAsTheOneWhoseWordItIs() {
        hub.accepted(Adt.man("A01", "11", "钱^甲", ""));
        hub.accepted(Adt.man("A01", "12", "钱^田", ""));
        hub.accepted(Adt.merge("11", "12"));

        String patient = "Patient/" + hub.patient("12").path("id").asText();
        assertThat(hub.search("Provenance?target=" + patient).toString())
                .contains("The source of " + patient + ", urn:haidu:his");
    }

    @Test
    void theSameMergeAgainChangesNothing() {
        hub.accepted(Adt.man("A01", "21", "孙^甲", ""));
        hub.accepted(Adt.man("A01", "22", "孙^田", ""));
        hub.accepted(Adt.merge("21", "22"));
        JsonNode merged = hub.patient("22");
        hub.accepted(Adt.merge("21", "22"));

        assertThat(hub.patient("22")).isEqualTo(merged);
    }

    /** A steward has undone the merge; the message of old must not bring it back. */
    @Test
    void aMergeThatWasUndoneIsNotRepeatedByTheSameMessage() {
        hub.accepted(Adt.man("A01", "31", "李^甲", ""));
        hub.accepted(Adt.man("A01", "32", "李^田", ""));
        hub.accepted(Adt.merge("31", "32"));
        String patient = "Patient/" + hub.patient("32").path("id").asText();
        assertThat(hub.hub
                        .post(
                                "/Person/" + hub.person("31") + "/$unmerge",
                                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"patient\",\"valueReference\":{\"reference\":\"%s\"}}]}"
                                        .formatted(patient))
                        .statusCode())
                .isEqualTo(200);
        hub.accepted(Adt.merge("31", "32"));

        assertThat(hub.person("31")).isNotEqualTo(hub.person("32"));
    }

    @Test
    void recordsThatTheHubNeverSawComeToBe() {
        hub.accepted(Adt.of("A40", "PID|1||41^^^HDHIS^PI||周^甲||19800101|M").with("MRG|42^^^HDHIS^PI"));

        assertThat(hub.patient("41").path("name").path(0).path("text").asText()).isEqualTo("周甲");
        assertThat(hub.patient("42").path("active").asBoolean(true)).isFalse();
        assertThat(hub.person("41")).isEqualTo(hub.person("42"));
    }

    @Test
    void whatIsProvenAgainstItStandsAgainstTheMerge() {
        hub.accepted(Adt.of(
                "A01", "PID|1||51^^^HDHIS^PI~%s^^^GA||吴^甲||19800101|M".formatted(ResidentIds.of("19800101", 21))));
        hub.accepted(Adt.of(
                "A01", "PID|1||52^^^HDHIS^PI~%s^^^GA||吴^乙||19800101|M".formatted(ResidentIds.of("19800101", 23))));
        JsonNode before = hub.patient("52");

        Answer answer = hub.send(Adt.merge("51", "52"));

        assertThat(answer.code()).isEqualTo("AE");
        assertThat(answer.place()).isEqualTo("MRG^1^1");
        assertThat(answer.words()).contains("contradict each other");
        assertThat(answer.text()).doesNotContain("350583").doesNotContain("吴");
        assertThat(hub.patient("52")).isEqualTo(before);
        assertThat(hub.person("51")).isNotEqualTo(hub.person("52"));
    }

    @Test
    void newsOfAMergedNumberIsRefusedAndOldNewsIsPassedOver() {
        hub.accepted(Adt.man("A01", "61", "郑^甲", ""));
        hub.accepted(Adt.man("A01", "62", "郑^田", ""));
        hub.accepted(Adt.merge("61", "62").at("20250601100000"));

        assertThat(hub.send(Adt.man("A08", "62", "郑^田", "").at("20250601110000"))
                        .code())
                .isEqualTo("AE");
        Answer late = hub.send(Adt.man("A08", "62", "郑^田", "").at("20250601090000"));
        assertThat(late.code()).isEqualTo("AA");
        assertThat(late.field("MSA", 3)).contains("not taken");
        assertThat(hub.send(Adt.merge("62", "63")).place()).isEqualTo("PID^1^3");
    }

    @Test
    void aMergeNeedsTwoNumbersOfTheSender() {
        assertThat(hub.send(Adt.merge("71", "71")).error()).isEqualTo("205");
        Answer answer = hub.send(Adt.of("A40", "PID|1||71^^^HDHIS^PI"));
        assertThat(answer.place()).isEqualTo("MRG^1");
        assertThat(answer.error()).isEqualTo("100");
        assertThat(hub.send(Adt.of("A40", "PID|1||71^^^HDHIS^PI").with("MRG|72^^^GA"))
                        .place())
                .isEqualTo("MRG^1^1");
        assertThat(hub.send(Adt.merge("71", "72").with("PID|2||73^^^HDHIS^PI").with("MRG|74^^^HDHIS^PI"))
                        .place())
                .isEqualTo("PID^2");
    }
}
