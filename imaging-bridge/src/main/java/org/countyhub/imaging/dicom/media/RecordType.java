package org.countyhub.imaging.dicom.media;

import java.util.regex.Pattern;

/** What kind of directory record speaks of an instance (PS3.3 section F.4, table F.4-1). */
enum RecordType {
    SR_DOCUMENT("88\\.(?!59).*", "SR DOCUMENT"),
    KEY_OBJECT_DOCUMENT("88\\.59", "KEY OBJECT DOC"),
    PRESENTATION("11\\..*", "PRESENTATION"),
    WAVEFORM("9\\..*", "WAVEFORM"),
    ENCAPSULATED_DOCUMENT("104\\..*", "ENCAP DOC"),
    RT_DOSE("481\\.2", "RT DOSE"),
    RT_STRUCTURE_SET("481\\.3", "RT STRUCTURE SET"),
    RT_PLAN("481\\.[58]", "RT PLAN"),
    RT_TREATMENT_RECORD("481\\.[4679]", "RT TREAT RECORD"),
    RAW_DATA("66", "RAW DATA"),
    REGISTRATION("66\\.[13]", "REGISTRATION"),
    FIDUCIALS("66\\.2", "FIDUCIAL"),
    SURFACE("66\\.5", "SURFACE"),
    TRACT("66\\.6", "TRACT"),
    VALUE_MAP("67", "VALUE MAP"),
    SPECTROSCOPY("4\\.2", "SPECTROSCOPY"),
    STEREOMETRIC("77\\.1\\.5\\.3", "STEREOMETRIC"),
    MEASUREMENT("78\\..*", "MEASUREMENT"),
    /** What else has pixels. */
    IMAGE("", "IMAGE"),
    /** What else there is; its kind is named by a UID. */
    PRIVATE("", "PRIVATE");

    private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

    private final Pattern classes;
    private final String term;

    /** @param classes the ends of the SOP Class UIDs of storage */
    RecordType(String classes, String term) {
        this.classes = Pattern.compile(classes);
        this.term = term;
    }

    /** The term of (0004,1430). */
    String term() {
        return term;
    }

    static RecordType of(String sopClassUid, boolean hasPixels) {
        String end = sopClassUid.startsWith(STORAGE) ? sopClassUid.substring(STORAGE.length()) : "";
        for (RecordType type : values()) {
            if (!end.isEmpty() && type.classes.matcher(end).matches()) {
                return type;
            }
        }
        return hasPixels ? IMAGE : PRIVATE;
    }
}
