package org.countyhub.imaging.film;

import java.util.List;
import java.util.regex.Pattern;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;

/** What an image is, the kinds in the order in which a reader of the study wants to see one first. */
enum ImageKind {
    /** As it was acquired, or processed to be looked at (DX and mammography for presentation). */
    ORIGINAL,
    /** Computed from others: reformatted, projected, mapped (PS3.3 section C.7.6.1.1.2). */
    DERIVED,
    /** Raw values that nobody looks at. */
    FOR_PROCESSING,
    /** A scout, on which the others were planned (PS3.3 section C.8.2.1.1.1). */
    LOCALIZER,
    /** What a screen showed or a camera took: dose reports, results of workstations. */
    CAPTURE,
    /** Segmentations, dose and maps, which mean something only upon other images. */
    OVERLAID;

    private static final String IMAGES = "1.2.840.10008.5.1.4.1.1.";
    private static final Pattern CAPTURED = Pattern.compile("7|7\\.\\d");
    private static final Pattern RAW = Pattern.compile("1\\.[1-3]\\.1");
    private static final Pattern PRESENTED = Pattern.compile("1(\\.[1-3])?");
    private static final Pattern UPON_OTHERS = Pattern.compile("66(\\..*)?|30|481\\..*");
    /** How devices that do not say it by ImageType, such as MR, name the series of scouts. */
    private static final Pattern SCOUT =
            Pattern.compile("(?i).*(\\b(scout|localizer|localiser|topogram|surview|scanogram)\\b|定位).*");

    /**
     * The kind of an image.
     *
     * @param header with SOPClassUID, ImageType and SeriesDescription, as far as they are there
     */
    static ImageKind of(Dataset header) {
        String sopClass = header.string(Tag.SOPClassUID, "");
        String suffix = sopClass.startsWith(IMAGES) ? sopClass.substring(IMAGES.length()) : "";
        List<String> type = header.strings(Tag.ImageType);
        if (UPON_OTHERS.matcher(suffix).matches()) {
            return OVERLAID;
        }
        if (CAPTURED.matcher(suffix).matches() || type.contains("SCREEN SAVE")) {
            return CAPTURE;
        }
        if (type.contains("LOCALIZER")
                || SCOUT.matcher(header.string(Tag.SeriesDescription, "")).matches()) {
            return LOCALIZER;
        }
        if (RAW.matcher(suffix).matches()) {
            return FOR_PROCESSING;
        }
        boolean derived = !type.isEmpty() && type.getFirst().equals("DERIVED");
        return derived && !PRESENTED.matcher(suffix).matches() ? DERIVED : ORIGINAL;
    }
}
