package org.countyhub.imaging.dicom.net;

import java.util.List;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Vr;

/** The hub's data sets as the toolkit has them, for what is sent. */
final class ToolkitDataset {
    private ToolkitDataset() {}

    static Attributes of(Dataset dataset) {
        Attributes attributes = new Attributes(dataset.elements().size());
        for (Element element : dataset.elements()) {
            switch (element) {
                case Element.Bytes bytes -> attributes.setBytes(bytes.tag(), vr(bytes.vr()), bytes.value());
                case Element.Items items -> add(attributes, items.tag(), items.items());
                case Element.Bulk bulk -> throw left(bulk);
                case Element.Fragments fragments -> throw left(fragments);
            }
        }
        return attributes;
    }

    private static void add(Attributes attributes, int tag, List<Dataset> items) {
        Sequence sequence = attributes.newSequence(tag, items.size());
        items.forEach(item -> sequence.add(of(item)));
    }

    private static IllegalArgumentException left(Element element) {
        return new IllegalArgumentException("a value that was left in its file is not sent this way: " + element);
    }

    /** The toolkit has no 64-bit integers (PS3.5 of 2019); their bytes may go as unknown. */
    private static VR vr(Vr vr) {
        return switch (vr) {
            case OV, SV, UV -> VR.UN;
            default -> VR.valueOf(vr.name());
        };
    }
}
