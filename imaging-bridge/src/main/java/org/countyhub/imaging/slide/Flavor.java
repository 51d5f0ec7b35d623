package org.countyhub.imaging.slide;

import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;

/** What an image of a slide shows: the third value of ImageType (PS3.3 section C.8.12.4.1.1). */
public enum Flavor {
    /** The specimen, at one resolution. */
    VOLUME,
    /** The same as small as one tile. */
    THUMBNAIL,
    /** The sticker of the slide, which may name the patient. */
    LABEL,
    /** The whole piece of glass, as a camera sees it. */
    OVERVIEW;

    /** What earlier editions called a localizer is a thumbnail; whatever is none of the others is the specimen. */
    static Flavor of(Dataset header) {
        List<String> type = header.strings(Tag.ImageType);
        return switch (type.size() < 3 ? "" : type.get(2)) {
            case "LABEL" -> LABEL;
            case "OVERVIEW" -> OVERVIEW;
            case "THUMBNAIL", "LOCALIZER" -> THUMBNAIL;
            default -> VOLUME;
        };
    }
}
