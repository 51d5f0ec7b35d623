package org.countyhub.imaging.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever behaves badly is cut off within its bounds, and nobody else notices. */
@Timeout(60)
class HostileNetworkTest {
    private static final NetLimits LIMITS =
            new NetLimits(5, 50, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(3), 65_536, true);

    /** What became of each data set: the bytes that came, or what was thrown. */
    private final BlockingQueue<Object> stored = new LinkedBlockingQueue<>();

    private DicomNode node;
    private int port;

    @BeforeEach
    void listen() throws IOException {
        node = new DicomNode(
                "COUNTYHUB",
                caller -> new Gate.Admitted(5),
                LIMITS,
                new Services(this::store).find(RawPeer.FIND, this::find),
                null);
        port = node.listen(InetAddress.getLoopbackAddress(), 0);
    }

    private Status store(Caller caller, StoreService.Sent sent, InputStream dataset) throws IOException {
        try {
            stored.add(dataset.readAllBytes().length);
            return Status.SUCCESS;
        } catch (IOException e) {
            stored.add(e);
            throw e;
        }
    }

    /** Has matches without end. */
    private Status find(Caller caller, String sopClassUid, Dataset identifier, FindService.Matches matches)
            throws IOException {
        Dataset match =
                Dataset.builder().set(Tag.PatientName, Vr.PN, "A".repeat(60)).build();
        try {
            long begun = System.nanoTime();
            while (!matches.cancelled() && System.nanoTime() - begun < 30_000_000_000L) {
                matches.send(match, false);
            }
            return Status.CANCELLED;
        } catch (IOException e) {
            stored.add(e);
            throw e;
        }
    }

    private static void ask(RawPeer peer) throws IOException {
        peer.send(RawPeer.data(5, 3, RawPeer.command(0x20, RawPeer.FIND, 0)));
        peer.send(RawPeer.data(5, 2, new byte[0]));
    }

    @Test
    void whoeverDoesNotReadIsCutOff() throws Exception {
        try (RawPeer peer = RawPeer.associated(port)) {
            ask(peer);
            assertThat(stored.poll(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            eventually(() -> node.openAssociations() == 0);
        }
        assertOthersAreServed();
    }

    @Test
    void oneOperationGoesOnAtATimeAndIsCancelled() throws Exception {
        try (RawPeer peer = RawPeer.associated(port)) {
            ask(peer);
            assertThat(peer.answer()).isEqualTo(4);
            peer.send(RawPeer.data(1, 3, RawPeer.command(0x30, SopClasses.VERIFICATION, 0x0101)));
            assertThat(statuses(peer, 0xFF00)).isEqualTo(0x0213);
            peer.send(RawPeer.data(5, 3, RawPeer.cancel()));
            assertThat(statuses(peer, 0xFF00)).isEqualTo(0xFE00);
            assertThat(peer.echo()).isTrue();
        }
    }

    /** The first status that is another one. */
    private static int statuses(RawPeer peer, int passed) throws IOException {
        int status = passed;
        long begun = System.nanoTime();
        while (status == passed && System.nanoTime() - begun < 20_000_000_000L) {
            status = peer.status();
        }
        return status;
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    private void assertOthersAreServed() throws IOException {
        try (RawPeer honest = RawPeer.associated(port)) {
            assertThat(honest.echo()).isTrue();
        }
    }

    @SuppressWarnings("BusyWait")
    private static void eventually(BooleanSupplier condition) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (!condition.getAsBoolean()) {
                Thread.sleep(20);
            }
        });
    }

    @Test
    void aThousandHalfOpenConnectionsDisturbNobodyAndAreClosed() throws IOException {
        List<RawPeer> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                flood.add(new RawPeer(port));
            }
            assertOthersAreServed();
            assertThat(node.halfOpen()).isLessThanOrEqualTo(50);
            for (RawPeer peer : flood) {
                assertThat(peer.answer()).isEqualTo(-1);
            }
            eventually(() -> node.halfOpen() == 0);
        } finally {
            for (RawPeer peer : flood) {
                peer.close();
            }
        }
    }

    @Test
    void aRequestThatDripsIsCutOff() throws Exception {
        try (RawPeer slow = new RawPeer(port)) {
            byte[] request = {1, 0, 0, 0, 0, 100, 0, 1};
            long begun = System.nanoTime();
            assertThat(dripped(slow, request)).isLessThan(request.length);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
        }
        assertOthersAreServed();
    }

    /** How many bytes went out before the connection was closed. */
    private static int dripped(RawPeer slow, byte[] bytes) throws InterruptedException {
        for (int i = 0; i < bytes.length; i++) {
            try {
                slow.send(new byte[] {bytes[i]});
            } catch (IOException e) {
                return i;
            }
            Thread.sleep(600);
        }
        return bytes.length;
    }

    @Test
    void garbageIsAborted() throws IOException {
        List<byte[]> garbage = List.of(
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                new byte[] {1, 0, -1, -1, -1, -1},
                new byte[] {1, 0, 0, 0x7F, 0, 0},
                new byte[] {4, 0, 0x7F, -1, -1, -1},
                new byte[] {1, 0, 0, 0, 0, 4, 'a', 'a', 'a', 'a'},
                new byte[] {5, 0, 0, 0, 0, 4, 0, 0, 0, 0},
                new byte[] {5, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0},
                new byte[] {9, 0, 0, 0, 0, 4, 0, 0, 0, 0},
                RawPeer.pdu(1, new byte[4_000]));
        for (byte[] bytes : garbage) {
            try (RawPeer peer = new RawPeer(port)) {
                peer.send(bytes);
                assertThat(peer.answer()).as("answer to %s", bytes).isNotIn(2, 4);
            }
        }
        assertOthersAreServed();
    }

    @Test
    void lengthsBeyondTheBoundsAreAborted() throws IOException {
        List<byte[]> messages = List.of(
                // more than was negotiated
                new byte[] {4, 0, 0, 2, 0, 0},
                // a value longer than its PDU, and one shorter than its header
                new byte[] {4, 0, 0, 0, 0, 8, 0, 0, 0, 99, 1, 3, 0, 0},
                new byte[] {4, 0, 0, 0, 0, 8, 0, 0, 0, 1, 1, 3, 0, 0},
                new byte[] {4, 0, 0, 0, 0, 8, -1, -1, -1, -1, 1, 3, 0, 0},
                // an element of a command that says it is a gigabyte, and one that is no command
                RawPeer.data(1, 1, RawPeer.header(0x0002, 0x3FFFFFFF, new byte[0])),
                RawPeer.data(1, 1, new byte[] {8, 0, 5, 0, 0, 0, 0, 0}),
                RawPeer.data(1, 1, RawPeer.header(0x0002, -1, new byte[0])),
                // a command without an end
                RawPeer.data(1, 3, RawPeer.header(0x0100, 2, new byte[1])),
                // a response with a data set, to nothing
                RawPeer.data(1, 3, RawPeer.command(0x8001, RawPeer.CT, 0)));
        for (byte[] message : messages) {
            try (RawPeer peer = RawPeer.associated(port)) {
                peer.send(message);
                assertThat(peer.answer()).as("answer to %s", message).isEqualTo(7);
            }
        }
        assertOthersAreServed();
    }

    @Test
    void aCommandThatNeverEndsIsAborted() throws IOException {
        try (RawPeer peer = RawPeer.associated(port)) {
            byte[] element = RawPeer.element(0x0902, new byte[64]);
            int answer = 0;
            for (int i = 0; i < 1_000 && answer == 0; i++) {
                try {
                    peer.send(RawPeer.data(1, 1, element));
                } catch (IOException e) {
                    answer = -1;
                }
            }
            assertThat(answer == 0 ? peer.answer() : answer).isIn(-1, 7);
        }
        assertOthersAreServed();
    }

    @Test
    void aMessageThatStandsStillIsCutOffAndNothingIsKeptOfIt() throws Exception {
        try (RawPeer peer = RawPeer.associated(port)) {
            peer.send(RawPeer.data(3, 3, RawPeer.command(1, RawPeer.CT, 0)));
            peer.send(RawPeer.data(3, 0, new byte[100]));
            assertThat(peer.answer()).isEqualTo(-1);
        }
        assertThat(stored.poll(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        eventually(() -> node.openAssociations() == 0);
    }

    @Test
    void aPduThatDripsIsCutOff() throws Exception {
        try (RawPeer peer = RawPeer.associated(port)) {
            assertThat(dripped(peer, new byte[] {4, 0, 0, 0, 1, 0, 0, 0, 0})).isLessThan(9);
        }
        eventually(() -> node.openAssociations() == 0);
    }

    @Test
    void aPeerThatVanishesInsideAMessageLeavesNothing() throws Exception {
        try (RawPeer peer = RawPeer.associated(port)) {
            peer.send(RawPeer.data(3, 3, RawPeer.command(1, RawPeer.CT, 0)));
            peer.send(RawPeer.data(3, 0, new byte[1_000]));
        }
        assertThat(stored.poll(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        eventually(() -> node.openAssociations() == 0);
    }

    @Test
    void anAssociationWithoutMessagesIsAborted() throws IOException {
        try (RawPeer peer = RawPeer.associated(port)) {
            assertThat(peer.answer()).isEqualTo(7);
        }
    }

    @Test
    void associationsBeyondTheLimitAreRejectedUntilOthersEnd() throws IOException {
        List<RawPeer> open = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            open.add(RawPeer.associated(port));
        }
        try (RawPeer more = new RawPeer(port)) {
            assertThat(more.associate("MORE", 16_384)).isEqualTo(3);
        }
        for (RawPeer peer : open) {
            assertThat(peer.echo()).isTrue();
            peer.close();
        }
        eventually(() -> node.openAssociations() == 0);
        assertOthersAreServed();
    }

    @Test
    void aPeerThatTakesNoPduOfUsefulSizeIsRejected() throws IOException {
        for (int pdu : new int[] {1, 6, 255}) {
            try (RawPeer peer = new RawPeer(port)) {
                assertThat(peer.associate("RAW", pdu)).isEqualTo(3);
            }
        }
        for (int pdu : new int[] {0, 256, -1}) {
            try (RawPeer peer = new RawPeer(port)) {
                assertThat(peer.associate("RAW", pdu)).isEqualTo(2);
                assertThat(peer.echo()).isTrue();
            }
        }
    }

    @Test
    void requestsAreTakenInPiecesOfAnySize() throws Exception {
        try (RawPeer peer = RawPeer.associated(port)) {
            byte[] command = RawPeer.command(1, RawPeer.CT, 0);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < command.length; i++) {
                bytes.writeBytes(RawPeer.data(3, i == command.length - 1 ? 3 : 1, new byte[] {command[i]}));
            }
            bytes.writeBytes(RawPeer.data(3, 0, new byte[0]));
            bytes.writeBytes(RawPeer.data(3, 0, new byte[11]));
            bytes.writeBytes(RawPeer.data(3, 2, new byte[31]));
            peer.send(bytes.toByteArray());
            assertThat(peer.answer()).isEqualTo(4);
            assertThat(stored.poll(1, TimeUnit.SECONDS)).isEqualTo(42);
        }
    }
}
