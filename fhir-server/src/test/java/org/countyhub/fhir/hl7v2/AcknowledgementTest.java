package org.countyhub.fhir.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sender is told (HL7 v2.5.1 sections 2.9 and 2.15). */
class AcknowledgementTest {
    private static final Adt GOOD = Adt.man("A01", "G1", "赵^甲", "");

    private static MllpHub hub;

    @BeforeAll
    static void start() {
        hub = MllpHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static Answer raw(String text) {
        try (MllpClient client = hub.connect()) {
            return client.write(MllpClient.framed(text.getBytes(StandardCharsets.UTF_8)))
                    .read(StandardCharsets.UTF_8);
        }
    }

    @Test
    void anAnswerRepeatsTheControlIdAndTurnsTheAddressesRound() {
        Answer answer = hub.send(GOOD.identified("ID-1"));

        assertThat(answer.code()).isEqualTo("AA");
        assertThat(answer.controlId()).isEqualTo("ID-1");
        assertThat(answer.field("MSH", 3)).isEqualTo("HUB");
        assertThat(answer.field("MSH", 5)).isEqualTo("HIS");
        assertThat(answer.field("MSH", 6)).isEqualTo("HD");
        assertThat(answer.field("MSH", 9)).isEqualTo("ACK^A01^ACK");
        assertThat(answer.field("MSH", 11)).isEqualTo("P");
        assertThat(answer.segment("ERR")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "|2.5.1|, |2.6|, MSH^1^12, 203",
        "|2.5.1|, |x|, MSH^1^12, 203",
        "ADT^A01, ORU^R01, MSH^1^9, 200",
        "ADT^A01, ADT^A02, MSH^1^9, 201",
        "ADT^A01, ADT, MSH^1^9, 201",
        "|P|, |T|, MSH^1^11, 202",
        "|HIS|, |LIS|, MSH^1^3, 103",
        "|HD|, |XX|, MSH^1^3, 103"
    })
    void whatTheHubDoesNotTakeIsRejected(String good, String bad, String place, String code) {
        Answer answer = raw(GOOD.text().replace(good, bad));

        assertThat(answer.code()).isEqualTo("AR");
        assertThat(answer.controlId()).isEqualTo(GOOD.id());
        assertThat(answer.place()).isEqualTo(place);
        assertThat(answer.error()).isEqualTo(code);
        assertThat(answer.words()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "G1^^^HDHIS^PI, G1^^^NOBODY^PI, PID^1^3^1^4, 204, NOBODY",
        "G1^^^HDHIS^PI, G1^^^HDHIS&1.2.3&ISO~2^^^&x&ISO, PID^1^3^2^4, 204, x",
        "G1^^^HDHIS^PI, G1, PID^1^3^1^4, 101, no assigning authority",
        "G1^^^HDHIS^PI, 350583^^^GA^NI, PID^1^3, 101, no number of the system",
        "G1^^^HDHIS^PI, G1^^^HDHIS~G2^^^HDHIS, PID^1^3^2^1, 205, two different numbers",
        "G1^^^HDHIS^PI, G1^^^HDHIS^PI^XX, PID^1^3^1^6, 204, XX",
        "|19800101|, |19801301|, PID^1^7, 102, no such day",
        "|19800101|, |yesterday|, PID^1^7, 102, not a time",
        "|M\\r, |X\\r, PID^1^8, 103, sex",
        "|M\\r, |M|||||||||||350583\\r, PID^1^19, 204, not configured",
        "|M\\r, |M||||||||||||||||Y|none\\r, PID^1^25, 102, birth order",
        "|M\\r, |M||||||||||||||||perhaps\\r, PID^1^24, 103, neither Y nor N",
        "EVN|A01|20250601083000, EVN|A01|20990601083000, EVN^1^2, 102, future",
        "EVN|A01|20250601083000, EVN|A01|20250601, EVN^1^2, 102, time of day",
        "PID|1, ZZZ|1, PID^1, 100, no segment PID",
        "UNICODE UTF-8, KLINGON, MSH^1^18, 103, character set"
    })
    void whatIsWrongIsNamedWithItsPlace(String good, String bad, String place, String code, String words) {
        String sent = GOOD.text().replace(good.replace("\\r", "\r"), bad.replace("\\r", "\r"));
        assertThat(sent).isNotEqualTo(GOOD.text());
        Answer answer = raw(sent);

        assertThat(answer.code()).as(answer.text()).isEqualTo("AE");
        assertThat(answer.controlId()).isEqualTo(GOOD.id());
        assertThat(answer.place()).isEqualTo(place);
        assertThat(answer.error()).isEqualTo(code);
        assertThat(answer.field("ERR", 4)).isEqualTo("E");
        assertThat(answer.words()).contains(words);
        assertThat(answer.text()).doesNotContain("赵");
    }

    @Test
    void nothingOfAMessageThatIsRefusedIsKept() {
        hub.send(Adt.man("A01", "NOT1", "钱^甲", "|||||||||||350583"));

        assertThat(hub.search("Patient?identifier=NOT1")).isEmpty();
    }

    @Test
    void oldVersionsAreToldInTheirOwnForm() {
        Answer answer = hub.send(Adt.of("A01", "PID|1||9^^^NOBODY").in("2.3"));

        assertThat(answer.field("MSH", 9)).isEqualTo("ACK^A01");
        assertThat(answer.field("MSA", 3)).contains("NOBODY");
        assertThat(answer.field("ERR", 1)).isEqualTo("PID^1^3^204&Unknown key identifier&HL70357");
    }

    @Test
    void whatIsNoMessageIsRejectedToo() {
        for (String text : new String[] {"", "hello", "MSH", "MSH|^~", "PID|1||2", "MSHAAAAAAAAAAA", "\r\r\r"}) {
            Answer answer = raw(text);
            assertThat(answer.code()).as(text).isEqualTo("AR");
            assertThat(answer.error()).isEqualTo("100");
        }
    }

    @Test
    void aMessageWithoutControlIdIsRefused() {
        Answer answer = raw(GOOD.text().replace("|" + GOOD.id() + "|", "||"));

        assertThat(answer.code()).isEqualTo("AE");
        assertThat(answer.place()).isEqualTo("MSH^1^10");
    }

    @Test
    void otherDelimitersAndLineFeedsAreUnderstood() {
        Answer answer = raw(Adt.man("A01", "L1", "孙^甲", "")
                .text()
                .replace('|', '!')
                .replace('^', '*')
                .replace("\r", "\r\n"));

        assertThat(answer.text()).startsWith("MSH!*~\\&!HUB!COUNTY!HIS!HD!").contains("\rMSA!AA!");
        assertThat(hub.patient("L1").path("name").path(0).path("text").asText()).isEqualTo("孙甲");
    }

    /** Section 2.9.3: MSH-15 and MSH-16 say which acknowledgements are wanted. */
    @ParameterizedTest
    @CsvSource({
        "AL, AL, AA",
        "AL, NE, CA",
        "NE, AL, AA",
        "SU, NE, CA",
        "AL, ER, CA",
        "NE, SU, AA",
        "NE, NE, ''",
        "ER, ER, ''"
    })
    void enhancedModeGetsWhatItAsksFor(String accept, String application, String code) {
        Adt message = Adt.man("A01", "M1", "李^甲", "");
        String text = message.text().replace("||||||UNICODE", "|||" + accept + "|" + application + "||UNICODE");
        try (MllpClient client = hub.connect()) {
            client.write(MllpClient.framed(text.getBytes(StandardCharsets.UTF_8)));
            // The answer to this one comes next where none is wanted for the first.
            client.write(MllpClient.framed(GOOD.identified("NEXT").bytes()));
            Answer answer = client.read(StandardCharsets.UTF_8);

            assertThat(answer.controlId()).isEqualTo(code.isEmpty() ? "NEXT" : message.id());
            assertThat(answer.code()).isEqualTo(code.isEmpty() ? "AA" : code);
        }
    }

    @Test
    void enhancedModeIsToldOfFaultsAndRejections() {
        String faulty = GOOD.text().replace("HDHIS", "NOBODY").replace("||||||UNICODE", "|||AL|NE||UNICODE");
        assertThat(raw(faulty).code()).isEqualTo("CE");
        assertThat(raw(faulty.replace("ADT^A01", "ADT^A02")).code()).isEqualTo("CR");
    }

    @Test
    void aMissingOrganizationIsSaid() {
        hub.hub.delete("/Organization/city-hospital");
        Answer answer = hub.send(Adt.of("A01", "PID|1||1^^^SYHIS").from("SY").declaring("GBK"));
        hub.hub.put("/Organization/city-hospital", "{\"resourceType\":\"Organization\",\"id\":\"city-hospital\"}");

        assertThat(answer.code()).isEqualTo("AE");
        assertThat(answer.words()).contains("Organization/city-hospital");
    }
}
