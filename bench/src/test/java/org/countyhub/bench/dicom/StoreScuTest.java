package org.countyhub.bench.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreScuTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FakeScp peer = new FakeScp();

    @AfterEach
    void stop() {
        peer.close();
    }

    private static Instance instance(int number, int length) {
        byte[] pixels = new byte[length];
        java.util.Arrays.fill(pixels, (byte) number);
        return Instance.of(
                new Attributes().text(Tag.PatientName, "PN", "林^医生"),
                CharacterSet.GB18030,
                new Instance.Uids("1.2.3", "1.2.3.1", "1.2.3.1." + number, Uid.CT_IMAGE),
                Uid.EXPLICIT_LITTLE_ENDIAN,
                Optional.of(PixelData.of(pixels)));
    }

    private StoreScu open(Instance instance) throws IOException {
        return StoreScu.open(
                new StoreScu.Call("127.0.0.1", peer.port(), "CT01", "COUNTYHUB"),
                List.of(new Presentation(Uid.MR_IMAGE, Uid.EXPLICIT_LITTLE_ENDIAN), Presentation.of(instance)),
                PATIENCE);
    }

    private static byte[] dataset(Instance instance) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        instance.writeDataset(out);
        return out.toByteArray();
    }

    @Test
    void sendsDataSetsAsTheyAreOverOneAssociation() throws IOException {
        // The lengths about those of a PDU are where a sender may lose its last piece.
        List<Instance> instances = List.of(
                instance(1, 100_000), instance(2, 2), instance(3, 4_096), instance(4, 4_084), instance(5, 8_168));
        try (StoreScu association = open(instances.getFirst())) {
            for (Instance instance : instances) {
                assertThat(association.store(instance)).isEqualTo(StoreScu.SUCCESS);
            }
        }

        assertThat(peer.callers).containsExactly("CT01");
        assertThat(peer.datasets).hasSameSizeAs(instances);
        for (int i = 0; i < instances.size(); i++) {
            assertThat(peer.datasets.get(i)).isEqualTo(dataset(instances.get(i)));
        }
        assertThat(peer.released).isTrue();
    }

    @Test
    void sendsNoPduLongerThanTheOtherSideTakes() throws IOException {
        Instance instance = instance(1, 100_000);
        try (StoreScu association = open(instance)) {
            association.store(instance);
        }

        assertThat(peer.longestPdu).isEqualTo(4_096);
    }

    @Test
    void tellsTheStatus() throws IOException {
        peer.status = 0xB000;
        Instance instance = instance(1, 2);
        try (StoreScu association = open(instance)) {
            assertThat(association.store(instance)).isEqualTo(0xB000);
        }
    }

    @Test
    void saysWhyAnAssociationIsRejected() {
        peer.rejecting = true;

        assertThatThrownBy(() -> open(instance(1, 2)))
                .isInstanceOf(AssociationRefused.class)
                .hasMessageContaining("COUNTYHUB rejects the association of CT01: result 1, source 1, reason 3");
    }

    @Test
    void sendsNothingThatWasNotAccepted() throws IOException {
        peer.refused = Uid.CT_IMAGE;
        Instance instance = instance(1, 2);
        try (StoreScu association = open(instance)) {
            assertThatThrownBy(() -> association.store(instance))
                    .isInstanceOf(AssociationRefused.class)
                    .hasMessageContaining(Uid.CT_IMAGE);
        }
        assertThat(peer.datasets).isEmpty();
    }

    @Test
    void noticesAnAbort() throws IOException {
        peer.status = -1;
        Instance instance = instance(1, 2);
        StoreScu association = open(instance);

        assertThatThrownBy(() -> association.store(instance)).hasMessageContaining("aborted: source 2");
        assertThatThrownBy(association::close).isInstanceOf(IOException.class);
    }
}
