package org.countyhub.imaging.dicom.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;

/**
 * The directory of a file-set (PS3.3 annex F, Media Storage Directory SOP Class): patients, studies, series and instances, in the order in
 * which they are added. It keeps some 400 bytes for each instance, and nothing of its file.
 *
 * <p>Where an instance lacks a number by which directories are sorted (StudyID, SeriesNumber, InstanceNumber), the record has its place in the
 * file-set instead; dates that are missing stay empty.
 */
public final class Dicomdir {
    /** The name that it has in the root of its file-set (PS3.10 section 8.6). */
    public static final String NAME = "DICOMDIR";

    private static final String SOP_CLASS = "1.2.840.10008.1.3.10";
    private static final String AE_TITLE = "COUNTYHUB";
    private static final int FileSetID = 0x00041130;
    private static final int FirstRecord = 0x00041200;
    private static final int LastRecord = 0x00041202;
    private static final int FileSetConsistencyFlag = 0x00041212;
    private static final int DirectoryRecordSequence = 0x00041220;
    private static final int ReferencedFileID = 0x00041500;
    private static final int ReferencedSOPClassUIDInFile = 0x00041510;
    private static final int ReferencedSOPInstanceUIDInFile = 0x00041511;
    private static final int ReferencedTransferSyntaxUIDInFile = 0x00041512;

    /** Where the two offsets stand in a record, which begins with (0004,1400), (0004,1410), (0004,1420), each with a head of 8 bytes. */
    private static final int NEXT = 8;

    private static final int LOWER = NEXT + 4 + 8 + 2 + 8;
    private static final int ITEM = 8;

    private final List<Entry> patients = new ArrayList<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int studies;
    private int series;

    /** A record as it is encoded, its offsets not yet set, and those below it. */
    private static final class Entry {
        private final byte[] body;
        private final List<Entry> below = new ArrayList<>();
        private long offset;

        Entry(byte[] body) {
            this.body = body;
        }
    }

    /**
     * Adds an instance whose file is in the set.
     *
     * @param header as it stands in the file
     * @param fileId its path from the root of the file-set: components of at most eight of A to Z, 0 to 9 and _ (PS3.10 section 8.2)
     */
    public void add(Part10.FileMeta file, Dataset header, String... fileId) throws IOException {
        String patientKey = header.string(Tag.PatientID, "") + '\0' + header.string(Tag.IssuerOfPatientID, "");
        Entry patient = entries.get("P" + patientKey);
        if (patient == null) {
            patient = entry(
                    null,
                    RecordKeys.record(
                            "PATIENT", RecordKeys.keys(header, RecordKeys.OF_PATIENT), Tag.PatientName, Tag.PatientID));
            entries.put("P" + patientKey, patient);
        }
        Entry study = study(patient, patientKey, header);
        Entry ofSeries = series(study, patientKey, header);
        RecordType type = RecordType.of(file.sopClassUid(), hasPixels(header));
        Dataset.Builder record = RecordKeys.record(
                        type.term(), RecordKeys.keys(header, RecordKeys.OF_INSTANCE), Tag.InstanceNumber)
                .set(ReferencedFileID, Vr.CS, fileId)
                .set(ReferencedSOPClassUIDInFile, Vr.UI, file.sopClassUid())
                .set(ReferencedSOPInstanceUIDInFile, Vr.UI, file.sopInstanceUid())
                .set(
                        ReferencedTransferSyntaxUIDInFile,
                        Vr.UI,
                        file.transferSyntax().uid());
        if (header.string(Tag.InstanceNumber) == null) {
            record.set(Tag.InstanceNumber, Vr.IS, Integer.toString(ofSeries.below.size() + 1));
        }
        entry(ofSeries, RecordKeys.complete(type, header, record));
    }

    private static boolean hasPixels(Dataset header) {
        return header.contains(Tag.PixelData)
                || header.contains(Tag.FloatPixelData)
                || header.contains(Tag.DoubleFloatPixelData);
    }

    private Entry study(Entry patient, String patientKey, Dataset header) throws IOException {
        String key = "S" + patientKey + '\0' + header.string(Tag.StudyInstanceUID, "");
        Entry known = entries.get(key);
        if (known != null) {
            return known;
        }
        studies++;
        Dataset.Builder record = RecordKeys.record(
                "STUDY",
                RecordKeys.keys(header, RecordKeys.OF_STUDY),
                Tag.StudyDate,
                Tag.StudyTime,
                Tag.AccessionNumber,
                Tag.StudyDescription);
        if (header.string(Tag.StudyID) == null) {
            record.set(Tag.StudyID, Vr.SH, Integer.toString(studies));
        }
        Entry study = entry(patient, record);
        entries.put(key, study);
        return study;
    }

    private Entry series(Entry study, String patientKey, Dataset header) throws IOException {
        String key = "E" + patientKey + '\0' + header.string(Tag.SeriesInstanceUID, "");
        Entry known = entries.get(key);
        if (known != null) {
            return known;
        }
        series++;
        Dataset.Builder record = RecordKeys.record("SERIES", RecordKeys.keys(header, RecordKeys.OF_SERIES));
        if (header.string(Tag.SeriesNumber) == null) {
            record.set(Tag.SeriesNumber, Vr.IS, Integer.toString(series));
        }
        if (header.string(Tag.Modality) == null) {
            record.set(Tag.Modality, Vr.CS, "OT");
        }
        Entry entry = entry(study, record);
        entries.put(key, entry);
        return entry;
    }

    private Entry entry(@org.jspecify.annotations.Nullable Entry above, Dataset.Builder record) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(400);
        DatasetWriter.write(record.build(), body, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        Entry entry = new Entry(body.toByteArray());
        (above == null ? patients : above.below).add(entry);
        return entry;
    }

    /**
     * Writes the file.
     *
     * @param sopInstanceUid of this file-set
     */
    public void writeTo(OutputStream out, String sopInstanceUid) throws IOException {
        byte[] meta = Part10.header(
                new Part10.FileMeta(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, SOP_CLASS, sopInstanceUid), AE_TITLE);
        // FileSetID is empty; two offsets and the flag follow, and the head of the sequence.
        int head = 8 + (8 + 4) + (8 + 4) + (8 + 2) + 12;
        long end = place(patients, (long) meta.length + head);
        out.write(meta);
        Dataset before = Dataset.builder()
                .set(FileSetID, Vr.CS)
                .set(new Element.Bytes(FirstRecord, Vr.UL, number(offset(patients, 0))))
                .set(new Element.Bytes(LastRecord, Vr.UL, number(offset(patients, patients.size() - 1))))
                .set(FileSetConsistencyFlag, 0)
                .build();
        DatasetWriter.write(before, out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        long length = end - meta.length - head;
        out.write(ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) Tag.group(DirectoryRecordSequence))
                .putShort((short) Tag.element(DirectoryRecordSequence))
                .put(new byte[] {'S', 'Q', 0, 0})
                .putInt((int) length)
                .array());
        write(patients, out);
    }

    /** Gives every record its place, each before those below it; the place behind them all. */
    private static long place(List<Entry> level, long from) {
        long at = from;
        for (Entry entry : level) {
            entry.offset = at;
            at = place(entry.below, at + ITEM + entry.body.length);
        }
        return at;
    }

    private static long offset(List<Entry> level, int index) {
        return index >= 0 && index < level.size() ? level.get(index).offset : 0;
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) number)
                .array();
    }

    private static void write(List<Entry> level, OutputStream out) throws IOException {
        for (int i = 0; i < level.size(); i++) {
            Entry entry = level.get(i);
            ByteBuffer body = ByteBuffer.wrap(entry.body).order(ByteOrder.LITTLE_ENDIAN);
            body.putInt(NEXT, (int) offset(level, i + 1));
            body.putInt(LOWER, (int) offset(entry.below, 0));
            out.write(ByteBuffer.allocate(ITEM)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) 0xFFFE)
                    .putShort((short) 0xE000)
                    .putInt(entry.body.length)
                    .array());
            out.write(entry.body);
            write(entry.below, out);
        }
    }
}
