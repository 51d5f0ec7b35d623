package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.fuzz.FuzzTarget;
import org.countyhub.imaging.fuzz.Seeds;

/**
 * What comes over a connection: with an even first byte from its beginning, with an odd one in an association. Whatever comes, the connection
 * is ended, its association is gone, and the next peer is served.
 */
public final class NetworkTarget implements FuzzTarget {
    private static final NetLimits LIMITS =
            new NetLimits(20, 50, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2), 65_536, true);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(8).toNanos();

    private final DicomNode node;
    private final int port;

    public NetworkTarget() {
        node = new DicomNode(
                "COUNTYHUB",
                caller -> new Gate.Admitted(20),
                LIMITS,
                new Services((caller, sent, dataset) -> {
                            dataset.readAllBytes();
                            return Status.SUCCESS;
                        })
                        .find(RawPeer.FIND, (caller, sopClass, identifier, matches) -> {
                            matches.send(Dataset.EMPTY, false);
                            return Status.SUCCESS;
                        }),
                null);
        try {
            port = node.listen(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(Seeds.prefixed(0, RawPeer.request("RAW", 16_384)));
        seeds.add(Seeds.prefixed(1, RawPeer.data(1, 3, RawPeer.command(0x30, SopClasses.VERIFICATION, 0x0101))));
        seeds.add(Seeds.prefixed(1, withDataset(3, RawPeer.command(1, RawPeer.CT, 0))));
        seeds.add(Seeds.prefixed(1, withDataset(5, RawPeer.command(0x20, RawPeer.FIND, 0))));
        seeds.add(Seeds.prefixed(1, RawPeer.data(5, 3, RawPeer.cancel())));
        seeds.add(Seeds.prefixed(1, RawPeer.pdu(5, new byte[4])));
        seeds.add(Seeds.prefixed(1, RawPeer.pdu(7, new byte[4])));
        return seeds;
    }

    private static byte[] withDataset(int context, byte[] request) {
        byte[] command = RawPeer.data(context, 3, request);
        byte[] dataset = RawPeer.data(context, 2, RawPeer.element(0x0052, new byte[] {'S', 'T', 'U', 'D', 'Y', ' '}));
        byte[] both = Arrays.copyOf(command, command.length + dataset.length);
        System.arraycopy(dataset, 0, both, command.length, dataset.length);
        return both;
    }

    @Override
    public void run(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        boolean associated = (input[0] & 1) == 1;
        try (RawPeer peer = associated ? RawPeer.associated(port) : new RawPeer(port)) {
            send(peer, Arrays.copyOfRange(input, 1, input.length));
            peer.sendNoMore();
            long begun = System.nanoTime();
            while (peer.answer() >= 0) {
                require(System.nanoTime() - begun < PATIENCE_NANOS, "the connection is not ended");
            }
        }
        long begun = System.nanoTime();
        while (node.openAssociations() > 0) {
            require(System.nanoTime() - begun < PATIENCE_NANOS, "the association is not ended");
            LockSupport.parkNanos(50_000);
        }
        try (RawPeer honest = RawPeer.associated(port)) {
            require(honest.echo(), "nobody else is served");
        }
    }

    private static void send(RawPeer peer, byte[] bytes) {
        try {
            peer.send(bytes);
        } catch (IOException e) {
            // It has been cut off before it had said everything.
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
