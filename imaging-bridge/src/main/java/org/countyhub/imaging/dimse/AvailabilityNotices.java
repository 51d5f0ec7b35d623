package org.countyhub.imaging.dimse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Uid;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.peers.Device;
import org.countyhub.imaging.peers.Peers;
import org.countyhub.imaging.study.StudyStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the devices that want to know that a study is complete (PS3.4 annex R). A notice is a courtesy: one that fails is tried again, then dropped. */
final class AvailabilityNotices {
    private static final Logger LOG = LoggerFactory.getLogger(AvailabilityNotices.class);

    private final Peers peers;
    private final Messenger messenger;
    private final StudyStore store;
    private final String aeTitle;

    AvailabilityNotices(Peers peers, Messenger messenger, StudyStore store, String aeTitle) {
        this.peers = peers;
        this.messenger = messenger;
        this.store = store;
        this.aeTitle = aeTitle;
    }

    /** Tells all of them, beside whatever goes on. */
    void complete(String studyUid) {
        for (Device device : peers.devices()) {
            if (device.notified() && !messenger.start(() -> tell(device, studyUid))) {
                LOG.warn("{} is not told of a study: too many messages wait", device.aeTitle());
            }
        }
    }

    private void tell(Device device, String studyUid) {
        Dataset notice = notice(studyUid);
        messenger.tell(
                device,
                SopClass.INSTANCE_AVAILABILITY_NOTIFICATION,
                false,
                outlet ->
                        outlet.create(SopClass.INSTANCE_AVAILABILITY_NOTIFICATION, Uid.of(UUID.randomUUID()), notice));
    }

    /** PS3.4 table R.3.2-1: the instances of each series, on line at this AE title. */
    private Dataset notice(String studyUid) {
        Map<String, List<Dataset>> series = new LinkedHashMap<>();
        store.instances(studyUid, Optional.empty(), stored -> series.computeIfAbsent(
                        stored.seriesUid(), any -> new ArrayList<>())
                .add(Dataset.builder()
                        .set(Tag.InstanceAvailability, Vr.CS, "ONLINE")
                        .set(Tag.RetrieveAETitle, Vr.AE, aeTitle)
                        .set(Tag.ReferencedSOPClassUID, Vr.UI, stored.sopClassUid())
                        .set(Tag.ReferencedSOPInstanceUID, Vr.UI, stored.sopInstanceUid())
                        .build()));
        List<Dataset> items = new ArrayList<>();
        series.forEach((uid, instances) -> items.add(Dataset.builder()
                .set(Tag.ReferencedSOPSequence, instances)
                .set(Tag.SeriesInstanceUID, Vr.UI, uid)
                .build()));
        return Dataset.builder()
                .set(Tag.ReferencedPerformedProcedureStepSequence, List.of())
                .set(Tag.ReferencedSeriesSequence, items)
                .set(Tag.StudyInstanceUID, Vr.UI, studyUid)
                .build();
    }
}
