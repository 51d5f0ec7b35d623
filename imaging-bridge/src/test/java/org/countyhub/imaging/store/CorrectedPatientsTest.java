package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.kernel.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** V21: what was accepted from the quarantine before it was noted whose patient it names. */
class CorrectedPatientsTest {
    private static final String ROWS = """
            insert into imaging.study (study_uid, patient_system, patient_id, source, version, first_received, last_received, instances, bytes,
                                       study_date, study_time, accession, study_id, description, referring, name_alphabetic, name_ideographic,
                                       name_words, birth_date, sex, attributes)
            values ('1.2', 's', 'P1', 'a', 1, now(), now(), 3, 3, '', '', '', '', '', '', '', '', '', '', '', '');
            insert into imaging.series (study, series_uid, modality, description, body_part, station, institution, step_date, step_time,
                                        step_id, procedure_id, instances, attributes)
            select id, '1.2.1', 'CT', '', '', '', '', '', '', '', '', 3, '' from imaging.study;
            insert into imaging.instance (sop_instance_uid, series, sop_class_uid, transfer_syntax, received, sender, blob, dataset_position,
                                          size, digest, frames, metadata, metadata_crc, metadata_length)
            select uid, s.id, '1', '1', now(), 'x', 'moved', 0, 1, digest::bytea, '', '', 0, 0
              from imaging.series s, (values ('1.2.1.1', 'a'), ('1.2.1.2', 'b'), ('1.2.1.3', 'c')) v (uid, digest);
            insert into imaging.quarantine (received, source, sender, address, reason, detail, patient_system, patient_id, study_uid, series_uid,
                                            sop_instance_uid, sop_class_uid, transfer_syntax, blob, dataset_position, size, digest, resolution)
            select now(), 'a', 'x', '', 'NO_PATIENT_ID', '', '', '', '1.2', '1.2.1', uid, '1', '1', 'first', 0, 1, digest::bytea, resolution
              from (values ('1.2.1.1', 'a', 'ACCEPTED'), ('1.2.1.2', 'other', 'ACCEPTED'), ('1.2.1.3', 'c', 'DISCARDED')) v (uid, digest, resolution)
            """;

    @Test
    void whatWasAcceptedIsTakenForCorrected() throws SQLException {
        try (TestDatabase database = TestDatabase.create("imaging_v20", settings -> Flyway.configure()
                        .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
                        .schemas("imaging")
                        .locations("classpath:db/imaging")
                        .target("20")
                        .load()
                        .migrate());
                Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(ROWS);
            Database.migrate(database.settings());
            List<String> corrected = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(
                    "select sop_instance_uid from imaging.instance where patient_corrected order by 1")) {
                while (row.next()) {
                    corrected.add(row.getString(1));
                }
            }
            assertThat(corrected).containsExactly("1.2.1.1");
        }
    }
}
