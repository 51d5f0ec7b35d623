package org.countyhub.imaging.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.DimseRSP;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommitmentTest {
    private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    private static final String MR = "1.2.840.10008.5.1.4.1.1.4";
    private static final String KEPT = "1.3.6.1.4.1.5962.1.1.1.1.1.20040826185059.5457";

    private static Attributes request(String transaction, List<String[]> references) {
        Attributes request = new Attributes();
        request.setString(Tag.TransactionUID, VR.UI, transaction);
        Sequence items = request.newSequence(Tag.ReferencedSOPSequence, references.size());
        for (String[] reference : references) {
            Attributes item = new Attributes();
            item.setString(Tag.ReferencedSOPClassUID, VR.UI, reference[0]);
            item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, reference[1]);
            items.add(item);
        }
        return request;
    }

    private static int ask(Association association, Attributes request) throws Exception {
        DimseRSP response = association.naction(
                SopClass.STORAGE_COMMITMENT_PUSH, SopClass.STORAGE_COMMITMENT_PUSH_INSTANCE, 1, request, null);
        response.next();
        return response.getCommand().getInt(0x0900, -1);
    }

    @Test
    void onlyWhatIsKeptWithThatClassIsCommitted() throws Exception {
        try (Hub hub = new Hub(HubPeers.FILE, null);
                ToolkitPeer ct = new ToolkitPeer("CT1", 0)) {
            assertThat(hub.run("storescu", "CT1", Samples.file("CT1_UNC.dcm").toString())
                            .code())
                    .isZero();
            Association association = ct.call(hub.port, SopClass.STORAGE_COMMITMENT_PUSH);
            List<String[]> all = List.of(new String[] {CT, KEPT}, new String[] {CT, "1.2.3"});
            assertThat(ask(association, request("1.2.3.4", all))).isZero();
            ToolkitPeer.Got some = ct.got.poll(10, TimeUnit.SECONDS);
            assertThat(some.operation()).isEqualTo(Dimse.N_EVENT_REPORT_RQ);
            assertThat(some.command().getInt(0x1002, 0)).isEqualTo(2);
            assertThat(some.dataset().getString(Tag.TransactionUID)).isEqualTo("1.2.3.4");
            assertThat(some.dataset().getSequence(Tag.ReferencedSOPSequence)).hasSize(1);
            Attributes failed =
                    some.dataset().getSequence(Tag.FailedSOPSequence).get(0);
            assertThat(failed.getString(Tag.ReferencedSOPInstanceUID)).isEqualTo("1.2.3");
            assertThat(failed.getInt(Tag.FailureReason, 0)).isEqualTo(0x0112);

            assertThat(ask(association, request("1.2.3.5", List.<String[]>of(new String[] {MR, KEPT}))))
                    .isZero();
            Attributes other = ct.got.poll(10, TimeUnit.SECONDS).dataset();
            assertThat(other.getSequence(Tag.FailedSOPSequence).get(0).getInt(Tag.FailureReason, 0))
                    .isEqualTo(0x0119);
            assertThat(other.getSequence(Tag.ReferencedSOPSequence)).isNull();

            assertThat(ask(association, request("1.2.3.6", List.<String[]>of(new String[] {CT, KEPT}))))
                    .isZero();
            ToolkitPeer.Got whole = ct.got.poll(10, TimeUnit.SECONDS);
            assertThat(whole.command().getInt(0x1002, 0)).isEqualTo(1);
            assertThat(whole.dataset().contains(Tag.FailedSOPSequence)).isFalse();
            association.release();
        }
    }

    @Test
    void whoeverIsCalledIsToldOverAnAssociationOfTheHub() throws Exception {
        int port = FreePorts.next();
        String file = HubPeers.file(104, "")
                .replace(
                        "{\"aeTitle\": \"CT1\",",
                        "{\"aeTitle\": \"CT1\", \"host\": \"127.0.0.1\", \"port\": " + port + ",");
        try (Hub hub = new Hub(file, null);
                ToolkitPeer ct = new ToolkitPeer("CT1", port)) {
            assertThat(hub.run("storescu", "CT1", Samples.file("CT1_UNC.dcm").toString())
                            .code())
                    .isZero();
            Association association = ct.call(hub.port, SopClass.STORAGE_COMMITMENT_PUSH);
            assertThat(ask(association, request("1.2.3.4", List.<String[]>of(new String[] {CT, KEPT}))))
                    .isZero();
            association.release();
            assertThat(ct.got.poll(10, TimeUnit.SECONDS).command().getInt(0x1002, 0))
                    .isEqualTo(1);
        }
    }

    @Test
    void aRequestWithoutReferencesIsRefused() throws Exception {
        try (Hub hub = new Hub(HubPeers.FILE, null);
                ToolkitPeer ct = new ToolkitPeer("CT1", 0)) {
            Association association = ct.call(hub.port, SopClass.STORAGE_COMMITMENT_PUSH);
            assertThat(ask(association, request("1.2.3.4", List.of()))).isEqualTo(0x0115);
            association.release();
        }
    }
}
