package org.countyhub.imaging.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.store.sql.PersonName;
import org.countyhub.imaging.study.Attributes;
import org.countyhub.imaging.study.Instance;
import org.jspecify.annotations.Nullable;

/** From the header of an instance to the columns of its study and series. */
final class StudyRows {
    /** Characters of at most three bytes each of which the database still takes as many into an index. */
    private static final int LONGEST = 600;

    private static final int LONGEST_TIME = 64;
    /** Bytes of a value that is kept with a study; a longer one is in its files only. */
    private static final int LONGEST_VALUE = 10_240;

    private StudyRows() {}

    /** Columns of a study, in the order in which {@link PgStudyStore} inserts them. */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
    record StudyRow(
            String studyDate,
            String studyTime,
            String accession,
            String studyId,
            String description,
            String referring,
            PersonName name,
            String birthDate,
            String sex,
            byte[] attributes) {}

    /** Columns of a series. */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
    record SeriesRow(
            String modality,
            @Nullable Integer number,
            String description,
            String bodyPart,
            String station,
            String institution,
            String stepDate,
            String stepTime,
            String stepId,
            String procedureId,
            byte[] attributes) {}

    static StudyRow study(Instance instance) {
        Dataset header = instance.header();
        return new StudyRow(
                time(header, Tag.StudyDate),
                time(header, Tag.StudyTime),
                text(header, Tag.AccessionNumber),
                text(header, Tag.StudyID),
                text(header, Tag.StudyDescription),
                text(header, Tag.ReferringPhysicianName),
                PersonName.of(text(header, Tag.PatientName)),
                time(header, Tag.PatientBirthDate),
                text(header, Tag.PatientSex).toUpperCase(Locale.ROOT),
                encoded(header, Attributes.STUDY));
    }

    static SeriesRow series(Instance instance) {
        Dataset header = instance.header();
        List<Dataset> requests = header.items(Tag.RequestAttributesSequence);
        Dataset request = requests.isEmpty() ? Dataset.EMPTY : requests.getFirst();
        return new SeriesRow(
                text(header, Tag.Modality),
                number(header, Tag.SeriesNumber),
                text(header, Tag.SeriesDescription),
                text(header, Tag.BodyPartExamined),
                text(header, Tag.StationName),
                text(header, Tag.InstitutionName),
                text(header, Tag.PerformedProcedureStepStartDate),
                text(header, Tag.PerformedProcedureStepStartTime),
                text(request, Tag.ScheduledProcedureStepID),
                text(request, Tag.RequestedProcedureID),
                encoded(header, Attributes.SERIES));
    }

    /** A whole number that fits into a column; null for any other. */
    static @Nullable Integer number(Dataset header, int tag) {
        long number = header.integer(tag, Long.MIN_VALUE);
        return number < Integer.MIN_VALUE || number > Integer.MAX_VALUE ? null : (int) number;
    }

    /** As the database takes it: no NUL, and no longer than anybody asks for. */
    private static String text(Dataset header, int tag) {
        String text = header.string(tag, "").replace("\0", "");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** A date or a time, of which several share an index; the longest right one has 26 characters (DT, PS3.5 section 6.2). */
    private static String time(Dataset header, int tag) {
        String text = text(header, tag);
        return text.length() <= LONGEST_TIME ? text : text.substring(0, LONGEST_TIME);
    }

    /** These attributes, without values so long that they were left where they are: none of these has such by right. */
    static byte[] encoded(Dataset header, Collection<Integer> tags) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try {
            DatasetWriter.write(
                    header.only(tags).inUtf8().withoutLongValues(LONGEST_VALUE),
                    out,
                    TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What {@link #encoded} has kept. */
    static Dataset decoded(byte[] attributes) {
        return DatasetReader.read(attributes, DatasetReader.Limits.DEFAULT);
    }
}
