package org.countyhub.bench.imaging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.countyhub.bench.county.County;
import org.countyhub.bench.county.Person;
import org.countyhub.bench.county.Sex;
import org.countyhub.bench.dicom.Attributes;
import org.countyhub.bench.dicom.CharacterSet;
import org.countyhub.bench.dicom.Tag;
import org.countyhub.bench.dicom.Uid;
import org.countyhub.bench.load.Database;
import org.countyhub.bench.load.LoadFailure;

/**
 * Studies that are in the index only, put there as rows of the tables that questions are answered from: each person has about
 * three, each study one or two series. A hundred thousand studies by their images would take hours and a large disk.
 */
final class IndexFill {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final LocalDate LAST_DAY = LocalDate.of(2025, 12, 31);
    private static final int DAYS = 3 * 365;
    private static final int STUDIES_A_PERSON = 3;
    private static final int ROWS_A_BATCH = 5_000;
    private static final String SOURCE = "bench-index";
    private static final List<String> MODALITIES = List.of("CT", "DX", "US", "CT", "MR", "DX", "CR");

    private static final String ADD = """
            insert into imaging.study (study_uid, patient_system, patient_id, source, version, published_version, first_received,
                                       last_received, instances, bytes, study_date, study_time, accession, study_id, description,
                                       referring, name_alphabetic, name_ideographic, name_words, birth_date, sex, attributes)
            values (?, 'urn:countyhub:local:patient', ?, '%s', 1, 1, now(), now(), ?, ?, ?, ?, ?, ?,
                    '胸部检查', '林^医生', ?, ?, ?, ?, ?, ?)
            """.formatted(SOURCE);
    private static final String SERIES = """
            insert into imaging.series (study, series_uid, modality, number, description, body_part, station, institution, step_date,
                                        step_time, step_id, procedure_id, instances, attributes)
            select t.id, t.study_uid || '.' || n, split_part(t.study_id, '-', 1), n, t.description, 'CHEST', 'CT01', '南安市医院',
                   t.study_date, t.study_time, '', '', t.instances / s.count, ''
              from imaging.study t, lateral (select 1 + t.id %% 2 as count) s, lateral generate_series(1, s.count) n
             where t.source = '%s' and not exists (select from imaging.series there where there.study = t.id)
            """.formatted(SOURCE);

    private final List<Person> persons;

    IndexFill(int mostStudies) {
        persons = County.of(17, Math.max(1, mostStudies / STUDIES_A_PERSON)).persons();
    }

    /** One row, as the questions see it. */
    record Study(int number, Person person) {
        String uid() {
            return Uid.of("bench/index/" + number);
        }

        String patientId() {
            return "I%08d".formatted(person.number());
        }

        String accession() {
            return "A%09d".formatted(number);
        }

        String modality() {
            return MODALITIES.get(number % MODALITIES.size());
        }

        LocalDate day() {
            return LAST_DAY.minusDays(number * 7919L % DAYS);
        }

        String time() {
            return "%02d%02d%02d".formatted(7 + number % 11, number % 60, number * 13 % 60);
        }

        String name() {
            String family = person.name().family();
            return family.isEmpty()
                    ? person.name().given()
                    : family + "^" + person.name().given();
        }
    }

    Study study(int number) {
        return new Study(number, persons.get(number % persons.size()));
    }

    /** Adds the studies of those numbers, and fresh statistics. */
    void add(Database database, int fromInclusive, int toExclusive) {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(ADD)) {
            connection.setAutoCommit(false);
            for (int number = fromInclusive; number < toExclusive; number++) {
                bind(statement, study(number));
                statement.addBatch();
                if ((number + 1 - fromInclusive) % ROWS_A_BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new LoadFailure("the index takes no rows as this measurement makes them", e);
        }
        database.execute(SERIES);
        database.vacuumAnalyze();
    }

    private static void bind(PreparedStatement statement, Study study) throws SQLException {
        boolean ct = study.modality().equals("CT");
        String name = study.name();
        int column = 1;
        for (Object value : List.of(
                study.uid(),
                study.patientId(),
                ct ? 250 : 2,
                ct ? 131_000_000L : 30_000_000L,
                study.day().format(DATE),
                study.time(),
                study.accession(),
                study.modality() + "-" + study.number(),
                name.toUpperCase(Locale.ROOT),
                name.toUpperCase(Locale.ROOT),
                name.replace('^', ' ').toLowerCase(Locale.ROOT),
                study.person().birthDate().format(DATE),
                sex(study),
                attributes(study))) {
            statement.setObject(column++, value);
        }
    }

    private static String sex(Study study) {
        return study.person().sex() == Sex.MALE ? "M" : "F";
    }

    /** What the index keeps of patient and study to answer with. */
    private static byte[] attributes(Study study) {
        return new Attributes()
                .text(Tag.StudyDate, "DA", study.day().format(DATE))
                .text(Tag.StudyTime, "TM", study.time())
                .text(Tag.AccessionNumber, "SH", study.accession())
                .text(Tag.ReferringPhysicianName, "PN", "林^医生")
                .text(Tag.TimezoneOffsetFromUTC, "SH", "+0800")
                .text(Tag.StudyDescription, "LO", "胸部检查")
                .text(Tag.PatientName, "PN", study.name())
                .text(Tag.PatientID, "LO", study.patientId())
                .text(Tag.PatientBirthDate, "DA", study.person().birthDate().format(DATE))
                .text(Tag.PatientSex, "CS", sex(study))
                .text(Tag.StudyInstanceUID, "UI", study.uid())
                .text(Tag.StudyID, "SH", study.modality() + "-" + study.number())
                .encoded(CharacterSet.UTF_8);
    }
}
