package org.countyhub.imaging.filmweb;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.film.FilmScope;
import org.countyhub.imaging.report.Examination;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.StudyStore;

/** What the page says of a study. */
final class Contents {
    /**
     * A study as it is named to its patient.
     *
     * @param date as yyyy-MM-dd; empty where it is not known
     * @param images in the series that are shown
     */
    record Heading(
            String patient,
            String title,
            String date,
            String institution,
            List<String> modalities,
            int series,
            int images) {}

    private final StudyStore studies;

    Contents(StudyStore studies) {
        this.studies = studies;
    }

    /** Empty once the study is no longer shown to anybody. */
    Optional<Heading> of(FilmScope scope) {
        return studies.study(scope.studyUid()).map(study -> heading(study, scope));
    }

    /** What a report of the study is of; empty once the study is no longer shown to anybody. */
    Optional<Examination> examination(FilmScope scope) {
        return studies.study(scope.studyUid()).map(study -> {
            Heading heading = heading(study, scope);
            Dataset attributes = study.attributes();
            return new Examination(
                    heading.patient(),
                    attributes.string(Tag.PatientSex, ""),
                    attributes.string(Tag.PatientAge, ""),
                    date(attributes.string(Tag.PatientBirthDate, "")),
                    heading.institution(),
                    heading.date(),
                    heading.modalities(),
                    attributes.string(Tag.AccessionNumber, ""));
        });
    }

    private static Heading heading(Study study, FilmScope scope) {
        Dataset attributes = study.attributes();
        List<Study.Series> shown = study.series().stream()
                .filter(series -> scope.hasSeries(series.seriesUid()))
                .toList();
        return new Heading(
                name(attributes.string(Tag.PatientName, "")),
                attributes.string(Tag.StudyDescription, ""),
                date(attributes.string(Tag.StudyDate, "")),
                shown.stream()
                        .map(series -> series.attributes().string(Tag.InstitutionName, ""))
                        .filter(institution -> !institution.isEmpty())
                        .findFirst()
                        .orElse(""),
                shown.stream().map(Study.Series::modality).distinct().toList(),
                shown.size(),
                shown.stream().mapToInt(Study.Series::instances).sum());
    }

    /** The ideographic group where there is one (PS3.5 section 6.2.1.1), else the first, without its separators. */
    static String name(String personName) {
        String[] groups = personName.split("=", -1);
        String group = groups.length > 1 && !groups[1].isBlank() ? groups[1] : groups[0];
        boolean ideographic = group.codePoints().anyMatch(Character::isIdeographic);
        return group.replace("^", ideographic ? "" : " ").strip();
    }

    private static String date(String da) {
        try {
            return LocalDate.parse(da, DateTimeFormatter.BASIC_ISO_DATE).toString();
        } catch (DateTimeParseException e) {
            return "";
        }
    }
}
