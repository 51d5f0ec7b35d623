package org.countyhub.imaging.render;

import java.util.List;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;

/** Where attributes of a frame stand: in its functional groups, in the shared ones, or in the data set itself (PS3.3 section C.7.6.16). */
final class FrameAttributes {
    private FrameAttributes() {}

    /**
     * The data set that holds an attribute.
     *
     * @param macro the sequence in the functional groups that would hold it
     * @param frame which one, the first being 0
     */
    static Dataset holding(Dataset dataset, int frame, int macro, int tag) {
        List<Dataset> perFrame = dataset.items(Tag.PerFrameFunctionalGroupsSequence);
        Stream<Dataset> own = frame < perFrame.size() ? Stream.of(perFrame.get(frame)) : Stream.empty();
        return Stream.concat(own, dataset.items(Tag.SharedFunctionalGroupsSequence).stream())
                .flatMap(group -> group.items(macro).stream())
                .filter(item -> item.contains(tag))
                .findFirst()
                .orElse(dataset);
    }
}
