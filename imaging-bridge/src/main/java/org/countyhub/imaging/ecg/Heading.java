package org.countyhub.imaging.ecg;

import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.render.Language;
import org.countyhub.imaging.render.Words;

/**
 * Whose recording it is, of when and from where, as it stands above the traces.
 *
 * @param name of the patient
 * @param patient number, sex, age and birth date
 * @param origin time, place, device and order
 */
record Heading(String name, List<String> patient, List<String> origin, Annotations annotations) {
    /**
     * From a header.
     *
     * @param patientId the number under which the recording is kept; it counts, whatever the recording says
     */
    static Heading of(Dataset dataset, String patientId, Language language) {
        List<String> patient = new ArrayList<>();
        patient.add(Term.ID.in(language) + " " + Text.shown(patientId));
        String said = dataset.string(Tag.PatientID, "");
        if (!said.equals(patientId)) {
            patient.add(Term.ID_IN_RECORDING.in(language) + " " + Text.shown(said));
        }
        add(patient, Words.sex(dataset.string(Tag.PatientSex, ""), language));
        add(patient, Words.age(dataset.string(Tag.PatientAge, ""), language));
        String birth = dataset.string(Tag.PatientBirthDate, "");
        add(patient, birth.isEmpty() ? "" : Term.BORN.in(language) + " " + Words.date(birth));

        List<String> origin = new ArrayList<>();
        String when = moment(dataset);
        origin.add(when.isEmpty() ? Term.TIME_UNKNOWN.in(language) : Term.RECORDED.in(language) + " " + when);
        add(origin, dataset.string(Tag.InstitutionName, ""));
        add(
                origin,
                (dataset.string(Tag.Manufacturer, "") + " " + dataset.string(Tag.ManufacturerModelName, "")).strip());
        String accession = dataset.string(Tag.AccessionNumber, "");
        add(origin, accession.isEmpty() ? "" : Term.ACCESSION.in(language) + " " + accession);
        return new Heading(
                Text.shown(Words.personName(dataset.string(Tag.PatientName, ""))),
                List.copyOf(patient),
                List.copyOf(origin),
                Annotations.of(dataset, language));
    }

    private static void add(List<String> to, String text) {
        String shown = Text.shown(text);
        if (!shown.isEmpty()) {
            to.add(shown);
        }
    }

    /** When it was taken: what is nearest to the samples first. */
    private static String moment(Dataset dataset) {
        String whole = dataset.string(Tag.AcquisitionDateTime, "");
        if (!whole.isEmpty()) {
            return Text.shown(Words.dateTime(whole));
        }
        int[][] pairs = {
            {Tag.AcquisitionDate, Tag.AcquisitionTime},
            {Tag.ContentDate, Tag.ContentTime},
            {Tag.StudyDate, Tag.StudyTime}
        };
        for (int[] pair : pairs) {
            String date = dataset.string(pair[0], "");
            if (!date.isEmpty()) {
                return Text.shown(Words.date(date) + " " + Words.time(dataset.string(pair[1], "")));
            }
        }
        return "";
    }
}
