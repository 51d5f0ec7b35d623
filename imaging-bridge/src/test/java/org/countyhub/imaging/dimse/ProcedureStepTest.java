package org.countyhub.imaging.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.DimseRSP;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.store.PgProcedureStepStore;
import org.countyhub.imaging.worklist.ProcedureStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcedureStepTest {
    private static final String CLASS = SopClass.MODALITY_PERFORMED_PROCEDURE_STEP;
    private static final String STEP = "1.2.3.77";

    private Hub hub;
    private ToolkitPeer ct;
    private Association association;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(HubPeers.FILE, null);
        ct = new ToolkitPeer("CT1", 0);
        association = ct.call(hub.port, CLASS);
    }

    @AfterEach
    void stop() throws IOException {
        association.release();
        ct.close();
        hub.close();
    }

    private static Attributes begun() {
        Attributes step = new Attributes();
        step.setString(Tag.SpecificCharacterSet, VR.CS, "GB18030");
        step.setBytes(Tag.PatientName, VR.PN, "张三".getBytes(Charset.forName("GB18030")));
        step.setString(Tag.PatientID, VR.LO, "P1");
        step.setString(Tag.PerformedProcedureStepStatus, VR.CS, "IN PROGRESS");
        Attributes scheduled = new Attributes();
        scheduled.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3.1");
        step.newSequence(Tag.ScheduledStepAttributesSequence, 1).add(scheduled);
        return step;
    }

    private static Attributes status(String status) {
        Attributes change = new Attributes();
        change.setString(Tag.PerformedProcedureStepStatus, VR.CS, status);
        return change;
    }

    private static Attributes completed() {
        Attributes change = status("COMPLETED");
        Attributes series = new Attributes();
        series.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.2");
        change.newSequence(Tag.PerformedSeriesSequence, 1).add(series);
        Attributes image = new Attributes();
        image.setString(Tag.ReferencedSOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.2");
        image.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.2.3.3");
        series.newSequence(Tag.ReferencedImageSequence, 1).add(image);
        return change;
    }

    private static int status(DimseRSP response) throws Exception {
        response.next();
        return response.getCommand().getInt(0x0900, -1);
    }

    private int create(Attributes step) throws Exception {
        return status(association.ncreate(CLASS, STEP, step, null));
    }

    private int set(Attributes change) throws Exception {
        return status(association.nset(CLASS, STEP, change, null));
    }

    @Test
    void aStepBeginsIsChangedAndEnds() throws Exception {
        assertThat(create(begun())).isZero();
        assertThat(set(status("IN PROGRESS"))).isZero();
        assertThat(hub.ended).isEmpty();
        assertThat(set(completed())).isZero();
        assertThat(hub.ended).containsExactly("1.2.3.1");
        ProcedureStep kept =
                new PgProcedureStepStore(hub.db).lock("haidu", STEP).orElseThrow();
        assertThat(kept.status()).isEqualTo(ProcedureStep.Status.COMPLETED);
        assertThat(kept.attributes().string(Tag.PatientName)).isEqualTo("张三");
        assertThat(kept.attributes().items(Tag.PerformedSeriesSequence)).hasSize(1);
    }

    @Test
    void nothingIsSaidOfAStepAfterItsEnd() throws Exception {
        create(begun());
        assertThat(set(status("DISCONTINUED"))).isZero();
        assertThat(set(completed())).isEqualTo(0x0110);
        assertThat(hub.ended).as("a step that was broken off names no instances").isEmpty();
    }

    @Test
    void whoseAStepIsCannotBeChanged() throws Exception {
        create(begun());
        Attributes change = status("IN PROGRESS");
        change.setString(Tag.PatientID, VR.LO, "P2");
        assertThat(set(change)).isZero();
        assertThat(new PgProcedureStepStore(hub.db)
                        .lock("haidu", STEP)
                        .orElseThrow()
                        .attributes()
                        .string(Tag.PatientID))
                .isEqualTo("P1");
    }

    @Test
    void whatIsNoStepIsRefused() throws Exception {
        assertThat(set(completed())).isEqualTo(0x0112);
        assertThat(create(status("COMPLETED"))).isEqualTo(0x0106);
        assertThat(create(status("IN PROGRESS"))).isEqualTo(0x0106);
        assertThat(create(status("BEGUN"))).isEqualTo(0x0106);
        assertThat(create(begun())).isZero();
        assertThat(create(begun())).isEqualTo(0x0111);
        assertThat(set(status("COMPLETED"))).isEqualTo(0x0106);
        assertThat(hub.ended).isEmpty();
    }
}
