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
