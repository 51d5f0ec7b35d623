package org.countyhub.imaging.dicom;

import java.util.OptionalInt;
import org.aoju.bus.image.galaxy.data.ElementDictionary;

/** The registry of data elements (PS3.6 chapter 6). */
public final class DataDictionary {
    private static final int NONE = -1;

    private DataDictionary() {}

    /** The representation of a standard element; UN where it is not registered. Where there is a choice, the one for images with signs unknown. */
    public static Vr vr(int tag) {
        org.aoju.bus.image.galaxy.data.VR vr = ElementDictionary.vrOf(tag, null);
        return vr == null ? Vr.UN : Vr.valueOf(vr.name());
    }

    /** Whether it is US or SS, as PixelRepresentation says of the image that it belongs to (PS3.5 section 7.1.3, PS3.6 table 6-1). */
    static boolean isSignedByPixels(int tag) {
        return switch (tag) {
            // The pixels' own extremes and what stands for none of them.
            case 0x00280104, 0x00280105, 0x00280106, 0x00280107, 0x00280108, 0x00280109, 0x00280110, 0x00280111 -> true;
            case 0x00280120, 0x00280121 -> true;
            // What lookup tables begin with.
            case 0x00281101, 0x00281102, 0x00281103, 0x00283002 -> true;
            // Values that are mapped, or that stand for something.
            case 0x00189810, 0x00221452, 0x00409211, 0x00409216, 0x00603004, 0x00603006 -> true;
            default -> false;
        };
    }

    /** The keyword; empty where the element is not registered. */
    public static String keyword(int tag) {
        String keyword = ElementDictionary.keywordOf(tag, null);
        return keyword == null ? "" : keyword;
    }

    /** The tag of a keyword, such as PatientName. */
    public static OptionalInt tag(String keyword) {
        int tag = ElementDictionary.getStandardElementDictionary().tagForKeyword(keyword);
        return tag == NONE ? OptionalInt.empty() : OptionalInt.of(tag);
    }
}
