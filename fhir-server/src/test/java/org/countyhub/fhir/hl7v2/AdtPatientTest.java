package org.countyhub.fhir.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of PID and NK1 (HL7 v2.5.1 section 3.4). */
class AdtPatientTest {
    private static MllpHub hub;

    @BeforeAll
    static void start() {
        hub = MllpHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A01", "A04", "A05", "A08", "A28", "A31"})
    void everyTriggerMakesTheRecordOrBringsItUpToDate(String event) {
        hub.accepted(Adt.man(event, "E" + event, "赵^甲", ""));
        JsonNode patient = hub.patient("E" + event);

        assertThat(patient.path("name").path(0).path("family").asText()).isEqualTo("赵");
        assertThat(patient.path("birthDate").asText()).isEqualTo("1980-01-01");
        assertThat(patient.path("gender").asText()).isEqualTo("male");
        assertThat(patient.path("active").asBoolean()).isTrue();
        assertThat(patient.path("meta").path("source").asText()).isEqualTo("urn:haidu:his");
        assertThat(patient.path("managingOrganization").path("reference").asText())
                .isEqualTo("Organization/haidu-hospital");

        hub.accepted(Adt.man(event, "E" + event, "赵^乙", "").at("20250601090000"));
        assertThat(hub.patient("E" + event).path("name").path(0).path("text").asText())
                .isEqualTo("赵乙");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3", "2.3.1", "2.4", "2.5", "2.5.1"})
    void everyVersionIsTaken(String version) {
        Answer answer = hub.send(Adt.man("A04", "V" + version, "钱^甲", "").in(version));

        assertThat(answer.code()).isEqualTo("AA");
        assertThat(answer.field("MSH", 12)).isEqualTo(version);
        assertThat(hub.patient("V" + version).path("gender").asText()).isEqualTo("male");
    }

    @Test
    void numbersGetTheSystemOfTheirAuthority() {
        hub.accepted(Adt.of(
                "A01",
                "PID|1||N1^^^HDHIS^PI~%s^^^GA^NI~ZY01^^^&2.16.156.10011.1.12&ISO^ZYH~%s^^^^HC~D00000001^^^^SS||孙^甲||19800101|M"
                        .formatted(ResidentIds.of("19800101", 11), "A".repeat(64))));
        JsonNode identifiers = hub.patient("N1").path("identifier");

        assertThat(identifiers).hasSize(5);
        assertThat(identifiers.path(0).path("system").asText()).isEqualTo(MllpHub.NUMBERS);
        assertThat(identifiers.path(0).path("assigner").path("reference").asText())
                .isEqualTo("Organization/haidu-hospital");
        assertThat(identifiers.path(1).path("system").asText()).isEqualTo(MllpHub.RESIDENT_ID);
        assertThat(identifiers
                        .path(1)
                        .path("type")
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("NI");
        assertThat(identifiers.path(1).has("assigner")).isFalse();
        assertThat(identifiers.path(2).path("system").asText()).isEqualTo(MllpHub.INPATIENT);
        assertThat(identifiers.path(2).path("type").path("text").asText()).isEqualTo("ZYH");
        assertThat(identifiers.path(2).path("assigner").path("reference").asText())
                .isEqualTo("Organization/haidu-hospital");
        assertThat(identifiers.path(3).path("system").asText()).isEqualTo(MllpHub.HEALTH_CARD);
        assertThat(identifiers.path(4).path("system").asText()).isEqualTo(MllpHub.SOCIAL_SECURITY_CARD);
    }

    @Test
    void oneResidentIdInTwoHospitalsIsOnePerson() {
        String id = ResidentIds.of("19800101", 13);
        hub.accepted(Adt.of("A01", "PID|1||P1^^^HDHIS^PI~" + id + "^^^^NNCHN||李^丙||19800101|M"));
        hub.accepted(Adt.of("A01", "PID|1||P1^^^SYHIS^PI||李^丙||19800101|M|||||||||||" + id)
                .from("SY")
                .declaring("GB 18030-2000"));

        JsonNode other = hub.search("Patient?identifier=" + MllpHub.OTHER_NUMBERS + "|P1")
                .getFirst();
        assertThat(hub.search("Person?link=Patient/" + other.path("id").asText())
                        .getFirst()
                        .path("id")
                        .asText())
                .isEqualTo(hub.person("P1"));
    }

    @Test
    void namesInCharactersAndInLettersAreOneNameTwice() {
        hub.accepted(Adt.man("A01", "C1", "欧阳^小明^^^^^L^I~OUYANG^XIAOMING^^^^^L^P~阿明^^^^^^N", ""));
        JsonNode names = hub.patient("C1").path("name");

        assertThat(names.path(0).path("text").asText()).isEqualTo("欧阳小明");
        assertThat(names.path(0).path("use").asText()).isEqualTo("official");
        assertThat(names.path(0).path("extension").path(0).path("valueCode").asText())
                .isEqualTo("IDE");
        assertThat(names.path(1).path("text").asText()).isEqualTo("XIAOMING OUYANG");
        assertThat(names.path(1).path("extension").path(0).path("valueCode").asText())
                .isEqualTo("SYL");
        assertThat(names.path(2).path("text").asText()).isEqualTo("阿明");
        assertThat(names.path(2).has("family")).isFalse();
        assertThat(names.path(2).path("use").asText()).isEqualTo("nickname");
    }

    @Test
    void addressTelephonesBirthOrderAndKinAreTaken() {
        hub.accepted(Adt.man(
                        "A01",
                        "F1",
                        "周^甲",
                        "|||成功街1号^^泉州市^福建省^362300^CHN^H^^南安市||13800000001^PRN^CP~0595-86380000|0595-1^WPN^PH||||||||||Y|2")
                .with("NK1|1|周^父|FTH^父亲^HL70063||13800000002")
                .with("NK1|2|吴^母|MTH^母亲^HL70063"));
        JsonNode patient = hub.patient("F1");

        JsonNode address = patient.path("address").path(0);
        assertThat(address.path("line").path(0).asText()).isEqualTo("成功街1号");
        assertThat(address.path("district").asText()).isEqualTo("南安市");
        assertThat(address.path("state").asText()).isEqualTo("福建省");
        assertThat(patient.path("telecom")).hasSize(3);
        assertThat(patient.path("telecom").path(0).path("use").asText()).isEqualTo("mobile");
        assertThat(patient.path("telecom").path(1).path("use").asText()).isEqualTo("home");
        assertThat(patient.path("telecom").path(2).path("use").asText()).isEqualTo("work");
        assertThat(patient.path("multipleBirthInteger").asInt()).isEqualTo(2);
        assertThat(patient.path("contact")).hasSize(2);
        assertThat(patient.path("contact")
                        .path(1)
                        .path("relationship")
                        .path(0)
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("MTH");
        assertThat(patient.path("contact")
                        .path(0)
                        .path("telecom")
                        .path(0)
                        .path("value")
                        .asText())
                .isEqualTo("13800000002");
    }

    /** Section 2.5.3: nothing is no news, two quotation marks are. */
    @Test
    void whatIsNotSaidStaysAndWhatIsEmptiedGoes() {
        hub.accepted(Adt.man("A01", "K1", "吴^甲", "|||某街1号||13800000001|0595-1").with("NK1|1|吴^父|FTH"));
        hub.accepted(Adt.of("A08", "PID|1||K1^^^HDHIS^PI||||||||||\"\"").at("20250601090000"));
        JsonNode patient = hub.patient("K1");

        assertThat(patient.path("name").path(0).path("text").asText()).isEqualTo("吴甲");
        assertThat(patient.path("address")).hasSize(1);
        assertThat(patient.path("contact")).hasSize(1);
        assertThat(patient.path("telecom")).hasSize(1);
        assertThat(patient.path("telecom").path(0).path("use").asText()).isEqualTo("work");
    }

    @Test
    void deathIsTakenWithItsTime() {
        hub.accepted(Adt.man("A08", "D1", "郑^甲", "|".repeat(21) + "20250531071500+0800|Y"));

        assertThat(hub.patient("D1").path("deceasedDateTime").asText()).isEqualTo("2025-05-31T07:15:00+08:00");
    }

    @Test
    void aNewbornIsLinkedToItsMotherByARelatedPerson() {
        hub.accepted(Adt.of("A01", "PID|1||B1^^^HDHIS^PI||王^五之子||202506010800|M|||||||||||||M1^^^HDHIS^PI||||1")
                .with("NK1|1|王^五|MTH^母亲"));

        JsonNode mother = hub.search("RelatedPerson?identifier=" + MllpHub.NUMBERS + "|M1")
                .getFirst();
        assertThat(mother.path("patient").path("reference").asText())
                .isEqualTo("Patient/" + hub.patient("B1").path("id").asText());
        assertThat(mother.path("name").path(0).path("text").asText()).isEqualTo("王五");
        assertThat(hub.patient("B1").path("birthDate").asText()).isEqualTo("2025-06-01");
        assertThat(hub.patient("B1").path("_birthDate").toString()).contains("2025-06-01T08:00:00+08:00");
    }

    @Test
    void theSameMessageAgainChangesNothing() {
        Adt message = Adt.of(
                        "A08",
                        "PID|1||S1^^^HDHIS^PI~%s^^^GA^NI||冯^甲||19800101|M|||某街||138|0595|||||||M2^^^HDHIS^PI||||1|||||N"
                                .formatted(ResidentIds.of("19800101", 15)))
                .with("NK1|1|冯^母|MTH");
        hub.accepted(message);
        hub.accepted(Adt.of("A31", "PID|1||S1^^^HDHIS^PI||||19800102").at("20250601090000"));
        JsonNode before = hub.patient("S1");
        hub.accepted(Adt.of("A31", "PID|1||S1^^^HDHIS^PI||||19800102").at("20250601090000"));

        assertThat(hub.patient("S1").path("meta").path("versionId").asText()).isEqualTo("2");
        hub.accepted(Adt.man("A08", "S2", "冯^乙", ""));
        Adt again = message.at("20250601100000");
        hub.accepted(again);
        hub.accepted(again);
        assertThat(hub.patient("S1").path("meta").path("versionId").asText()).isEqualTo("3");
        assertThat(before.path("id")).isEqualTo(hub.patient("S1").path("id"));
        assertThat(hub.search("RelatedPerson?identifier=" + MllpHub.NUMBERS + "|M2"))
                .hasSize(1);
    }

    @Test
    void olderNewsDoesNotOverwriteNewer() {
        hub.accepted(Adt.man("A08", "O1", "陈^新", "").at("20250601120000"));
        Answer answer = hub.send(Adt.man("A08", "O1", "陈^旧", "").at("20250601110000"));

        assertThat(answer.code()).isEqualTo("AA");
        assertThat(answer.field("MSA", 3)).contains("not taken");
        assertThat(hub.patient("O1").path("name").path(0).path("text").asText()).isEqualTo("陈新");
    }

    /** EVN-2 has its offset; the zone of the county is eight hours ahead of UTC. */
    @Test
    void eventsAreOrderedByTheMomentNotByTheClockOfAZone() {
        hub.accepted(Adt.man("A08", "O2", "褚^新", "").at("20250601120000"));
        hub.accepted(Adt.man("A08", "O2", "褚^更新", "").at("20250601050000+0000"));

        assertThat(hub.patient("O2").path("name").path(0).path("text").asText()).isEqualTo("褚更新");
    }

    @Test
    void aRecordThatCameByRestIsTheSameRecord() {
        hub.hub.post("/Patient", """
                {"resourceType":"Patient","photo":[{"title":"kept"}],
                 "identifier":[{"system":"%s","value":"R1,|$"}]}""".formatted(MllpHub.NUMBERS));
        hub.accepted(Adt.man("A08", "R1,\\F\\$", "卫^甲", ""));

        JsonNode patient =
                hub.search("Patient?birthdate=1980-01-01&name=%E5%8D%AB").getFirst();
        assertThat(patient.path("photo").path(0).path("title").asText()).isEqualTo("kept");
        assertThat(patient.path("meta").path("versionId").asText()).isEqualTo("2");
    }
}
