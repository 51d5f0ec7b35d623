package org.countyhub.imaging.film;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;

/**
 * What the Key Object Selection Documents of a study (PS3.3 section A.35.4, PS3.16 TID 2010) say of its images: which somebody has chosen, and
 * which somebody has rejected (IHE Imaging Object Change Management).
 */
final class KeyObjects {
    /** Key Object Selection Document Storage. */
    static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.88.59";

    private static final Set<String> REJECTIONS = Set.of(
            // Rejected for Quality Reasons, for Patient Safety Reasons.
            "113001", "113037",
            // Incorrect Modality Worklist Entry, Data Retention Policy Expired.
            "113038", "113039");

    /**
     * Titles (PS3.16 CID 7010) under which images are chosen to be shown, the nearest to what a patient or another doctor opens a study
     * for first. Titles that name all there is, that speak of faults, or that are meant for other eyes, such as For Peer Review, are none.
     */
    private static final Map<String, Integer> RANKS = Map.ofEntries(
            // Of Interest, For Patient, Best In Set.
            Map.entry("113000", 0),
            Map.entry("113007", 0),
            Map.entry("113013", 0),
            // For Report Attachment, For Referring Provider.
            Map.entry("113020", 1),
            Map.entry("113002", 1),
            // For Diagnosis, For Surgery, For Therapy, For Conference.
            Map.entry("128195", 2),
            Map.entry("113003", 2),
            Map.entry("113006", 2),
            Map.entry("113005", 2),
            // For Printing, For Teaching.
            Map.entry("113018", 3),
            Map.entry("113004", 3));

    /** As many images of one document are looked at; more are no choice any more. */
    private static final int MOST_IMAGES = 200;

    /**
     * An image that is referred to.
     *
     * @param frame the first of the frames that are named, from 1; 0 where none is
     */
    record Reference(String sopInstanceUid, int frame) {}

    private record Selection(String sopInstanceUid, int rank, String made, List<Reference> images) {}

    private final List<Selection> selections = new ArrayList<>();
    private final Set<String> rejected = new HashSet<>();

    /** Adds a document. */
    void add(Dataset document) {
        String title = title(document);
        List<Dataset> content = document.items(Tag.ContentSequence);
        if (REJECTIONS.contains(title)) {
            // Frames cannot be rejected alone, so that the whole is.
            content.forEach(item -> item.items(Tag.ReferencedSOPSequence)
                    .forEach(reference -> rejected.add(reference.string(Tag.ReferencedSOPInstanceUID, ""))));
            return;
        }
        Integer rank = RANKS.get(title);
        if (rank != null) {
            selections.add(new Selection(
                    document.string(Tag.SOPInstanceUID, ""),
                    rank,
                    document.string(Tag.ContentDate, "") + document.string(Tag.ContentTime, ""),
                    images(content)));
        }
    }

    /** The code of its title in DICOM's terminology; empty where it has none. */
    private static String title(Dataset document) {
        return document.items(Tag.ConceptNameCodeSequence).stream()
                .filter(code -> code.string(Tag.CodingSchemeDesignator, "").equals("DCM"))
                .map(code -> code.string(Tag.CodeValue, ""))
                .findFirst()
                .orElse("");
    }

    private static List<Reference> images(List<Dataset> content) {
        return content.stream()
                .filter(item -> item.string(Tag.ValueType, "").equals("IMAGE"))
                .flatMap(item -> item.items(Tag.ReferencedSOPSequence).stream())
                .limit(MOST_IMAGES)
                .map(reference -> new Reference(
                        reference.string(Tag.ReferencedSOPInstanceUID, ""),
                        Math.clamp(reference.integer(Tag.ReferencedFrameNumber, 0), 0, Integer.MAX_VALUE)))
                .toList();
    }

    boolean isRejected(String sopInstanceUid) {
        return rejected.contains(sopInstanceUid);
    }

    /**
     * What is chosen, in order: by what the documents are titled, then the newest document first, then as it lists them. A document that was
     * rejected itself chooses nothing.
     */
    List<Reference> chosen() {
        return selections.stream()
                .filter(selection -> !isRejected(selection.sopInstanceUid()))
                .sorted(Comparator.comparingInt(Selection::rank)
                        .thenComparing(Selection::made, Comparator.reverseOrder())
                        .thenComparing(Selection::sopInstanceUid))
                .flatMap(selection -> selection.images().stream())
                .filter(image -> !isRejected(image.sopInstanceUid()))
                .distinct()
                .toList();
    }
}
