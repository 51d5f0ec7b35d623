package org.countyhub.bench.demo;

import java.util.List;
import org.countyhub.bench.county.Hospital;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.Uid;

/**
 * A study that a hospital of the demo sends.
 *
 * @param what as a reader of the demo's output calls it
 * @param posted by STOW-RS; else it is sent over an association
 */
record DemoStudy(String what, Hospital hospital, String patientId, boolean posted, List<Instance> instances) {
    DemoStudy {
        instances = List.copyOf(instances);
    }

    String studyUid() {
        return instances.getFirst().studyUid();
    }

    /** Whether there are pixels to look at. */
    boolean isImage() {
        return instances.getFirst().pixels().isPresent();
    }

    /** Whether it is an electrocardiogram, which the bridge draws. */
    boolean isElectrocardiogram() {
        return instances.getFirst().sopClassUid().equals(Uid.ECG_12_LEAD);
    }

    /** Names its middle instance to the page that shows electrocardiograms. */
    String recording() {
        Instance instance = instances.get(instances.size() / 2);
        return "study=" + studyUid() + "&series=" + instance.seriesUid() + "&instance=" + instance.sopInstanceUid();
    }

    /** The address of its middle instance below the base of a DICOMweb server. */
    String middle() {
        Instance instance = instances.get(instances.size() / 2);
        return "studies/" + studyUid() + "/series/" + instance.seriesUid() + "/instances/" + instance.sopInstanceUid();
    }

    /** As whom a hospital of the demo calls; docs/examples/demo-peers.json names it. */
    static String aeTitle(Hospital hospital) {
        return "DEMO_" + hospital.prefix();
    }
}
