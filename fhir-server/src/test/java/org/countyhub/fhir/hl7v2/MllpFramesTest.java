package org.countyhub.fhir.hl7v2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.countyhub.fhir.hl7v2.mllp.MllpLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Blocks on a wire that breaks, stutters and lies (MLLP release 1). */
class MllpFramesTest {
    private static final int WAIT_MILLIS = 10_000;

    private static MllpHub hub;

    @BeforeAll
    static void start() {
        hub = MllpHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] block(Adt message) {
        return MllpClient.framed(message.bytes());
    }

    @Test
    void aMessageByteByByteIsOneMessage() throws Exception {
        try (MllpClient client = hub.connect()) {
            client.socket.setTcpNoDelay(true);
            for (byte each : block(Adt.man("A01", "F1", "赵^甲", ""))) {
                client.write(new byte[] {each});
            }
            assertThat(client.read(UTF_8).code()).isEqualTo("AA");
        }
    }

    @Test
    void whatStandsBeforeAndBetweenBlocksIsPassedOver() {
        byte[] noise = "noise\r\n\u001C\r MSH|^~\\&|".getBytes(UTF_8);
        try (MllpClient client = hub.connect()) {
            client.write(joined(
                    noise,
                    block(Adt.man("A01", "F2", "赵^甲", "").identified("1")),
                    noise,
                    block(Adt.man("A01", "F2", "赵^甲", "").identified("2"))));
            assertThat(client.read(UTF_8).controlId()).isEqualTo("1");
            assertThat(client.read(UTF_8).controlId()).isEqualTo("2");
        }
    }

    @Test
    void twoMessagesInOneWriteAreDoneInTheirOrder() {
        List<byte[]> blocks = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            blocks.add(block(Adt.man("A08", "F3", "赵^" + i, "").identified("C" + i)));
        }
        try (MllpClient client = hub.connect()) {
            client.write(joined(blocks.toArray(byte[][]::new)));
            for (int i = 1; i <= 20; i++) {
                Answer answer = client.read(UTF_8);
                assertThat(answer.controlId()).isEqualTo("C" + i);
                assertThat(answer.code()).isEqualTo("AA");
            }
        }
        assertThat(hub.patient("F3").path("name").path(0).path("text").asText()).isEqualTo("赵20");
        assertThat(hub.patient("F3").path("meta").path("versionId").asText()).isEqualTo("20");
    }

    @Test
    void aMessageThatIsTooLargeIsRejectedAndTheNextIsTaken() {
        Adt large = Adt.man("A01", "F4", "赵^甲", "").identified("LARGE").with("OBX|1|" + "x".repeat(100_000));
        try (MllpClient client = hub.connect()) {
            client.write(block(large));
            Answer answer = client.read(UTF_8);
            assertThat(answer.code()).isEqualTo("AR");
            assertThat(answer.controlId()).isEqualTo("LARGE");
            assertThat(answer.words()).contains("larger than 16384");

            assertThat(client.send(Adt.man("A01", "F5", "赵^甲", "")).code()).isEqualTo("AA");
        }
        assertThat(hub.search("Patient?identifier=F4")).isEmpty();
    }

    @Test
    void segmentsThatAreNotReadMayBeLarge() {
        assertThat(hub.send(Adt.man("A01", "F6", "赵^甲", "").with("OBX|1|" + "~".repeat(12_000)))
                        .code())
                .isEqualTo("AA");
        Answer crowded = hub.send(Adt.of("A01", "PID|1||F7^^^HDHIS||" + "~".repeat(12_000)));
        assertThat(crowded.code()).isEqualTo("AE");
        assertThat(crowded.place()).isEqualTo("PID^1^5");
    }

    @Test
    void halfAMessageIsNone() throws Exception {
        byte[] whole = block(Adt.man("A01", "F8", "赵^甲", ""));
        for (int length : new int[] {1, 10, whole.length / 2, whole.length - 2, whole.length - 1}) {
            try (MllpClient client = hub.connect()) {
                client.write(java.util.Arrays.copyOf(whole, length));
                client.socket.shutdownOutput();
                assertThat(client.block()).isNull();
            }
        }
        assertThat(hub.search("Patient?identifier=F8")).isEmpty();
    }

    @Test
    void aSenderThatStartsAgainIsTakenFromTheNewStart() {
        byte[] half = block(Adt.man("A01", "F9", "赵^甲", ""));
        try (MllpClient client = hub.connect()) {
            client.write(java.util.Arrays.copyOf(half, half.length / 2));
            assertThat(client.send(Adt.man("A01", "F10", "赵^甲", "")).code()).isEqualTo("AA");
        }
        assertThat(hub.search("Patient?identifier=F9")).isEmpty();
    }

    /** FS alone is no end; taking it for one would take half a message for a whole one. */
    @Test
    void anEndMarkWithinAMessageEndsNothing() {
        Adt message = Adt.man("A01", "F11", "赵^\u001C甲", "");
        assertThat(hub.send(message).code()).isEqualTo("AE");
        assertThat(hub.search("Patient?identifier=F11")).isEmpty();
    }

    @Test
    void aSenderThatDidNotHearTheAnswerMaySendAgain() throws Exception {
        Adt message = Adt.man("A01", "F12", "赵^甲", "").with("NK1|1|赵^父|FTH");
        try (MllpClient client = hub.connect()) {
            client.write(block(message));
        }
        for (int i = 0;
                i < WAIT_MILLIS / 50 && hub.search("Patient?identifier=F12").isEmpty();
                i++) {
            Thread.sleep(50);
        }
        assertThat(hub.search("Patient?identifier=F12")).hasSize(1);
        hub.accepted(message);
        hub.accepted(message);

        assertThat(hub.patient("F12").path("meta").path("versionId").asText()).isEqualTo("1");
    }

    @Test
    void silenceEndsAConnectionAndSlownessToo() {
        MllpLimits limits = new MllpLimits(16, 16 * 1024, 300, 300, 1_000);
        try (MllpHub impatient = MllpHub.start(limits)) {
            try (MllpClient client = impatient.connect()) {
                assertThat(client.block()).isNull();
            }
            try (MllpClient client = impatient.connect()) {
                long start = System.nanoTime();
                client.write(new byte[] {0x0B});
                assertThat(client.block()).isNull();
                assertThat((System.nanoTime() - start) / 1_000_000).isBetween(200L, 5_000L);
            }
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAndTheOthersStay() {
        try (MllpHub small = MllpHub.start(new MllpLimits(2, 16 * 1024, 60_000, 10_000, 1_000));
                MllpClient first = small.connect();
                MllpClient second = small.connect()) {
            assertThat(first.send(Adt.man("A01", "1", "赵^甲", "")).code()).isEqualTo("AA");
            assertThat(second.send(Adt.man("A01", "2", "赵^乙", "")).code()).isEqualTo("AA");
            try (MllpClient third = small.connect()) {
                assertThat(third.block()).isNull();
            }
            assertThat(first.send(Adt.man("A01", "1", "赵^甲", "")).code()).isEqualTo("AA");
        }
    }

    @Test
    void aServerThatStopsAnswersWhatIsInWorkAndClosesTheRest() {
        try (MllpHub stopping = MllpHub.start();
                MllpClient idle = stopping.connect();
                MllpClient busy = stopping.connect()) {
            assertThat(busy.send(Adt.man("A01", "1", "赵^甲", "")).code()).isEqualTo("AA");
            long start = System.nanoTime();
            stopping.mllp.close();
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5_000);
            assertThat(idle.block()).isNull();
            assertThat(busy.block()).isNull();
        }
    }

    /** Whatever bytes come, each block gets an answer and the connection lives on. */
    @Test
    void brokenMessagesAreAnsweredToo() {
        Random random = new Random(7);
        byte[] good = Adt.man("A08", "F13", "赵^甲", "|||某街1号^^泉州市||138^PRN^CP")
                .with("NK1|1|赵^父|FTH")
                .bytes();
        try (MllpClient client = hub.connect()) {
            for (int i = 0; i < 400; i++) {
                byte[] broken = good.clone();
                for (int j = random.nextInt(1, 6); j > 0; j--) {
                    int at = random.nextInt(broken.length);
                    byte change = (byte)
                            (random.nextBoolean() ? "|^~\\&\r\"0".charAt(random.nextInt(8)) : random.nextInt(256));
                    broken[at] = change == 0x0B || change == 0x1C ? (byte) ' ' : change;
                }
                client.write(MllpClient.framed(broken));
                Answer answer = client.read(java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(answer.text()).containsPattern("MSA.[AC][AER]").doesNotContain("unexpected error");
            }
        }
    }
}
