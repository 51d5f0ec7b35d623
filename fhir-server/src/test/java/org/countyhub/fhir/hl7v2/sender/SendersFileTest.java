package org.countyhub.fhir.hl7v2.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration of who may send. */
class SendersFileTest {
    private static final String GOOD = """
            {"senders":[{"application":"HIS","facility":"HD","source":"urn:x:his","organization":"Organization/x",
              "patientSystem":"urn:x:patient","authorities":{"A":"urn:a"},"types":{"NI":"urn:n"},"charset":"GB18030"}]}""";

    @Test
    void theExampleOfTheReadmeIsSound() {
        Senders senders = SendersFile.read(Path.of("../docs/examples/hl7v2-senders.json"));

        Sender sender = senders.find("HIS", "HD").orElseThrow();
        assertThat(sender.organization()).isEqualTo("Organization/haidu-hospital");
        assertThat(sender.processingId()).isEqualTo("P");
        assertThat(senders.find("HIS", "XX")).isEmpty();
    }

    @Test
    void aSenderIsReadWhole() {
        Sender sender = SendersFile.parse(GOOD, "f").all().getFirst();

        assertThat(sender.authorities()).containsEntry("A", "urn:a");
        assertThat(sender.types()).containsEntry("NI", "urn:n");
        assertThat(sender.charset()).isEqualTo(Charset.forName("GB18030"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"application\":\"HIS\",; ; has no application",
                "urn:x:his; his; source must be a URI",
                "Organization/x; Patient/x; organization must be Organization/[id]",
                "urn:a; a; authorities.A must be a URI",
                "GB18030; EBCDIC; charset must be",
                "\"types\"; \"tpyes\"; tpyes",
                "{\"senders\":; [; f",
            })
    void whatIsWrongIsNamed(String good, String bad, String words) {
        String json = GOOD.replace(good, bad == null ? "" : bad);

        assertThatThrownBy(() -> SendersFile.parse(json, "f"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HUB_MLLP_SENDERS")
                .hasMessageContaining(words);
    }

    @Test
    void noSenderIsNoneAndTwoOfOneNameAreTooMany() {
        assertThatThrownBy(() -> SendersFile.parse("{\"senders\":[]}", "f")).hasMessageContaining("names no senders");
        String one = GOOD.substring(GOOD.indexOf("{\"app"), GOOD.lastIndexOf(']'));
        assertThatThrownBy(() -> SendersFile.parse("{\"senders\":[" + one + "," + one + "]}", "f"))
                .hasMessageContaining("there already");
    }
}
