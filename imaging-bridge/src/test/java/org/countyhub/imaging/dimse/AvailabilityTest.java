package org.countyhub.imaging.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.DimseRSP;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AvailabilityTest {
    private static final String CLASS = SopClass.INSTANCE_AVAILABILITY_NOTIFICATION;

    @Test
    void whoeverWantsToKnowIsToldThatAStudyIsComplete() throws Exception {
        int port = FreePorts.next();
        try (Hub hub = new Hub(HubPeers.file(port, ", \"notify\": true"), null);
                ToolkitPeer reading = new ToolkitPeer("READING1", port)) {
            String[] files = {
                Samples.file("series/ct-3slice-01.dcm").toString(),
                Samples.file("series/ct-3slice-02.dcm").toString()
            };
            assertThat(hub.run("storescu", "CT1", files).code()).isZero();
            String study = hub.db.query(connection -> {
                try (var row = connection.createStatement().executeQuery("select study_uid from study")) {
                    row.next();
                    return row.getString(1);
                }
            });
            hub.server.complete(study);
            ToolkitPeer.Got notice = reading.got.poll(10, TimeUnit.SECONDS);
            assertThat(notice.operation()).isEqualTo(Dimse.N_CREATE_RQ);
            assertThat(notice.dataset().getString(Tag.StudyInstanceUID)).isEqualTo(study);
            Attributes series =
                    notice.dataset().getSequence(Tag.ReferencedSeriesSequence).get(0);
            assertThat(series.getSequence(Tag.ReferencedSOPSequence)).hasSize(2);
            assertThat(series.getSequence(Tag.ReferencedSOPSequence).get(0).getString(Tag.InstanceAvailability))
                    .isEqualTo("ONLINE");
        }
    }

    private static int say(Association association, Attributes notice) throws Exception {
        DimseRSP response = association.ncreate(CLASS, "1.2.3.9", notice, null);
        response.next();
        return response.getCommand().getInt(0x0900, -1);
    }

    private static Attributes notice(String availability) {
        Attributes instance = new Attributes();
        instance.setString(Tag.InstanceAvailability, VR.CS, availability);
        Attributes series = new Attributes();
        series.newSequence(Tag.ReferencedSOPSequence, 1).add(instance);
        Attributes notice = new Attributes();
        notice.newSequence(Tag.ReferencedSeriesSequence, 1).add(series);
        notice.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3.1");
        return notice;
    }

    @Test
    void anArchiveTellsThatItHasAllOfAStudy() throws Exception {
        try (Hub hub = new Hub(HubPeers.FILE, null);
                ToolkitPeer archive = new ToolkitPeer("CT1", 0)) {
            Association association = archive.call(hub.port, CLASS);
            assertThat(say(association, notice("OFFLINE"))).isZero();
            assertThat(hub.ended).isEmpty();
            assertThat(say(association, notice("ONLINE"))).isZero();
            assertThat(hub.ended).containsExactly("1.2.3.1");
            assertThat(say(association, new Attributes())).isEqualTo(0x0115);
            association.release();
        }
    }
}
