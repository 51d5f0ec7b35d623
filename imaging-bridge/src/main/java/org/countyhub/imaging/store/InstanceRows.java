package org.countyhub.imaging.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.Attributes;
import org.countyhub.imaging.study.Instance;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/** Writes rows of studies, series, instances and what is held; the columns of many instances as arrays. */
final class InstanceRows {
    private static final String ADD_STUDY = """
            insert into study (study_uid, patient_system, patient_id, source, version, first_received, last_received, state_since,
                               instances, bytes, study_date, study_time, accession, study_id, description, referring, name_alphabetic, name_ideographic,
                               name_words, birth_date, sex, attributes)
            values (?, ?, ?, ?, 0, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            returning id
            """;
    private static final String ADD_SERIES = """
            insert into series (study, series_uid, modality, number, description, body_part, station, institution, step_date, step_time,
                                step_id, procedure_id, instances, attributes)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
            returning id
            """;
    private static final String ADD_INSTANCES = """
            insert into instance (sop_instance_uid, series, number, sop_class_uid, transfer_syntax, received, sender, patient_corrected,
                                  blob, dataset_position, size, digest, frames, metadata, metadata_crc, metadata_length, attributes)
            select uid, series, number, class, syntax, ?, sender, corrected, blob, position, size, digest, frames, metadata, crc, length,
                   attributes
              from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as n (uid, series, number, class, syntax, sender, corrected, blob, position, size, digest, frames, metadata, crc, length,
                      attributes);
            update series s set instances = s.instances + n.count
              from (select series, count(*) from unnest(?) series group by 1) n where s.id = n.series;
            update study t set instances = t.instances + n.count, bytes = t.bytes + n.bytes, version = t.version + 1, last_received = n.at,
                   state = 'RECEIVING', state_since = case t.state when 'RECEIVING' then t.state_since else n.at end,
                   completed_by = null, completion_untold = false, tier = 'DISK'
              from (select ?::timestamptz at, study, count(*), sum(size) bytes from unnest(?, ?) n (study, size) group by 2) n
             where t.id = n.study
            """;
    private static final String HOLD = """
            insert into quarantine (received, source, sender, address, reason, detail, patient_system, patient_id, study_uid, series_uid,
                                    sop_instance_uid, sop_class_uid, transfer_syntax, blob, dataset_position, size, digest)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (source, sop_instance_uid, digest) where resolution is null do nothing
            """;

    private final Connection connection;

    InstanceRows(Connection connection) {
        this.connection = connection;
    }

    /** Adds studies as their first instances have them; their ids by UID. */
    Map<String, Long> addStudies(Collection<Instance> firsts) throws SQLException {
        Map<String, Long> ids = new HashMap<>();
        for (Instance first : firsts) {
            StudyRows.StudyRow row = StudyRows.study(first);
            PatientKey patient = java.util.Objects.requireNonNull(first.patient());
            ids.put(
                    first.studyUid(),
                    id(Sql.of(
                            ADD_STUDY,
                            first.studyUid(),
                            patient.system(),
                            patient.id(),
                            first.sender().source().id(),
                            first.received(),
                            first.received(),
                            first.received(),
                            row.studyDate(),
                            row.studyTime(),
                            row.accession(),
                            row.studyId(),
                            row.description(),
                            row.referring(),
                            row.name().alphabetic(),
                            row.name().ideographic(),
                            row.name().words(),
                            row.birthDate(),
                            row.sex(),
                            row.attributes())));
        }
        return ids;
    }

    /** Adds series as their first instances have them; their ids by UID. */
    Map<String, Long> addSeries(Collection<Instance> firsts, Map<String, Long> studies) throws SQLException {
        Map<String, Long> ids = new LinkedHashMap<>();
        for (Instance first : firsts) {
            StudyRows.SeriesRow row = StudyRows.series(first);
            ids.put(
                    first.seriesUid(),
                    id(Sql.of(
                            ADD_SERIES,
                            studies.get(first.studyUid()),
                            first.seriesUid(),
                            row.modality(),
                            row.number(),
                            row.description(),
                            row.bodyPart(),
                            row.station(),
                            row.institution(),
                            row.stepDate(),
                            row.stepTime(),
                            row.stepId(),
                            row.procedureId(),
                            row.attributes())));
        }
        return ids;
    }

    private long id(Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Adds instances, and counts them in their series and studies, whose versions it raises. */
    void addInstances(List<Instance> added, Map<String, Long> series, Map<String, Long> studies) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        long[] seriesIds =
                added.stream().mapToLong(one -> series.get(one.seriesUid())).toArray();
        long[] studyIds =
                added.stream().mapToLong(one -> studies.get(one.studyUid())).toArray();
        long[] sizes = added.stream().mapToLong(Instance::size).toArray();
        Sql sql = Sql.of(
                ADD_INSTANCES,
                added.getLast().received(),
                texts(added, Instance::sopInstanceUid),
                seriesIds,
                added.stream().map(InstanceRows::number).toArray(Long[]::new),
                texts(added, Instance::sopClassUid),
                texts(added, one -> one.transferSyntax().uid()),
                texts(added, one -> one.sender().name()),
                corrected(added),
                texts(added, Instance::blob),
                added.stream().mapToInt(Instance::datasetPosition).toArray(),
                sizes,
                bytes(added, Instance::digest),
                bytes(added, Instance::frames),
                bytes(added, one -> one.metadata().deflated()),
                added.stream().mapToInt(one -> one.metadata().crc32()).toArray(),
                added.stream().mapToInt(one -> one.metadata().length()).toArray(),
                bytes(added, one -> StudyRows.encoded(one.header(), Attributes.INSTANCE)),
                seriesIds,
                added.getLast().received(),
                studyIds,
                sizes);
        try (PreparedStatement statement = sql.prepare(connection)) {
            statement.execute();
        }
    }

    private static @Nullable Long number(Instance instance) {
        Integer number = StudyRows.number(instance.header(), Tag.InstanceNumber);
        return number == null ? null : number.longValue();
    }

    private static String[] texts(List<Instance> instances, java.util.function.Function<Instance, String> text) {
        return instances.stream().map(text).toArray(String[]::new);
    }

    private static boolean[] corrected(List<Instance> instances) {
        boolean[] corrected = new boolean[instances.size()];
        for (int i = 0; i < corrected.length; i++) {
            corrected[i] = instances.get(i).patientCorrected();
        }
        return corrected;
    }

    private static byte[][] bytes(List<Instance> instances, java.util.function.Function<Instance, byte[]> bytes) {
        List<byte[]> all = new ArrayList<>(instances.size());
        instances.forEach(instance -> all.add(bytes.apply(instance)));
        return all.toArray(byte[][]::new);
    }

    /** Keeps an instance apart; false if the same bytes of that source are kept apart already. */
    boolean hold(Instance instance, StoreOutcome.Held held) throws SQLException {
        PatientKey patient = instance.patient();
        Sql sql = Sql.of(
                HOLD,
                instance.received(),
                instance.sender().source().id(),
                instance.sender().name(),
                instance.sender().address(),
                held.reason().name(),
                held.detail(),
                patient == null ? "" : patient.system(),
                patient == null ? instance.header().string(Tag.PatientID, "") : patient.id(),
                instance.studyUid(),
                instance.seriesUid(),
                instance.sopInstanceUid(),
                instance.sopClassUid(),
                instance.transferSyntax().uid(),
                instance.blob(),
                instance.datasetPosition(),
                instance.size(),
                instance.digest());
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.executeUpdate() == 1;
        }
    }
}
