package org.countyhub.fhir.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Character sets are declared or configured, never guessed: half a name is another name. */
class MessageCharsetTest {
    private static final Charset GB18030 = Charset.forName("GB18030");
    /** The second byte of 倈 in GB 18030 is the code of the bar, that of 俓 the code of the backslash. */
    private static final String BARS = "倈^俓";

    private static MllpHub hub;

    @BeforeAll
    static void start() {
        hub = MllpHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static Answer send(Adt message, Charset charset) {
        try (MllpClient client = hub.connect()) {
            return client.write(MllpClient.framed(message.text().getBytes(charset)))
                    .read(charset);
        }
    }

    private static String name(String number) {
        return hub.patient(number).path("name").path(0).path("text").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GB 18030-2000", "GB18030", "gb18030-2000", "GBK", "GB2312"})
    void gb18030ByItsNames(String declared) {
        String number = declared.replaceAll("[^A-Za-z0-9]", "") + declared.length();
        Answer answer = send(Adt.man("A01", number, "𠮷^㐂〇", "").declaring(declared), GB18030);

        assertThat(answer.code()).isEqualTo("AA");
        assertThat(answer.field("MSH", 18)).isEqualTo(declared);
        assertThat(name(number)).isEqualTo("𠮷㐂〇");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNICODE UTF-8", "UNICODE", "UTF-8", "UTF8"})
    void utf8ByItsNames(String declared) {
        String number = "U" + declared.replaceAll("[^A-Za-z0-9]", "") + declared.length();

        assertThat(send(Adt.man("A01", number, "𠮷^㐂〇", "").declaring(declared), StandardCharsets.UTF_8)
                        .code())
                .isEqualTo("AA");
        assertThat(name(number)).isEqualTo("𠮷㐂〇");
    }

    @Test
    void bytesThatLookLikeDelimitersAreNone() {
        assertThat("倈".getBytes(GB18030)[1]).isEqualTo((byte) '|');
        assertThat("俓".getBytes(GB18030)[1]).isEqualTo((byte) '\\');

        assertThat(send(Adt.man("A01", "B1", BARS, "").declaring("GB18030"), GB18030)
                        .code())
                .isEqualTo("AA");
        assertThat(name("B1")).isEqualTo("倈俓");
    }

    /** The header is read in the character set that it declares. */
    @Test
    void theHeaderItselfMayHoldSuchBytes() {
        Adt message = Adt.man("A01", "B2", "赵^甲", "").declaring("GB18030");
        String text = message.text().replace("|HUB|COUNTY|", "|倈倈|县|");
        try (MllpClient client = hub.connect()) {
            Answer answer =
                    client.write(MllpClient.framed(text.getBytes(GB18030))).read(GB18030);
            assertThat(answer.code()).isEqualTo("AA");
            assertThat(answer.field("MSH", 3)).isEqualTo("倈倈");
        }
    }

    @Test
    void withoutDeclarationTheSendersConfigurationCounts() {
        Adt message =
                Adt.of("A01", "PID|1||X1^^^SYHIS||赵^甲||19800101|M").from("SY").declaring("");

        assertThat(send(message, GB18030).code()).isEqualTo("AA");
        assertThat(hub.search("Patient?identifier=" + MllpHub.OTHER_NUMBERS + "|X1")
                        .getFirst()
                        .path("name")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("赵甲");
    }

    @Test
    void withoutDeclarationAndConfigurationOnlyAsciiIsTaken() {
        Adt ascii = Adt.man("A01", "A1", "ZHAO^JIA", "").declaring("");
        assertThat(send(ascii, StandardCharsets.UTF_8).code()).isEqualTo("AA");

        Answer answer = send(Adt.man("A01", "A2", "赵^甲", "").declaring(""), StandardCharsets.UTF_8);
        assertThat(answer.code()).isEqualTo("AE");
        assertThat(answer.place()).isEqualTo("MSH^1^18");
        assertThat(hub.search("Patient?identifier=A2")).isEmpty();
    }

    @Test
    void bytesThatAreNotInTheDeclaredCharacterSetAreRefused() {
        for (Adt message : new Adt[] {
            Adt.man("A01", "W1", "赵^甲", "").declaring("UNICODE UTF-8"),
        }) {
            Answer answer = send(message, GB18030);
            assertThat(answer.code()).isEqualTo("AE");
            assertThat(answer.words()).contains("not in the character set");
        }
        byte[] half = Adt.man("A01", "W2", "赵", "").declaring("GB18030").text().getBytes(GB18030);
        half[half.length - 2] = (byte) 0xFF;
        try (MllpClient client = hub.connect()) {
            assertThat(client.write(MllpClient.framed(half)).read(GB18030).place())
                    .isEqualTo("MSH^1^18");
        }
    }
}
