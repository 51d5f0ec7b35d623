package org.countyhub.imaging.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.countyhub.imaging.study.Admission;
import org.countyhub.imaging.study.Instance;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.kernel.Sql;

/**
 * Instances on their way into the index, in the caller's transaction: lock their studies, look what is there, decide, write. Three round
 * trips for any number of instances of studies that are known.
 */
final class Arrivals {
    /** In the order of the keys, so that two of these never wait for each other. */
    private static final String LOCK = """
            select pg_advisory_xact_lock(k) from (select distinct k from unnest(?) k order by k) keys
            """;

    private static final String LOOK = """
            select 1, t.study_uid, t.id, t.patient_system, t.patient_id, t.birth_date, t.sex, null::bytea,
                   t.state = 'ENTERED_IN_ERROR'
              from study t where t.study_uid = any(?)
            union all
            select 2, s.series_uid, s.id, t.study_uid, null, null, null, null, false
              from series s join study t on t.id = s.study where s.series_uid = any(?)
            union all
            select 3, i.sop_instance_uid, 0, null, null, null, null, i.digest, false
              from instance i where i.sop_instance_uid = any(?)
            """;

    private final Connection connection;
    private final List<Instance> instances;

    private final Map<String, Long> studyIds = new HashMap<>();
    private final Map<String, Admission.KnownStudy> studies = new HashMap<>();
    private final Map<String, Long> seriesIds = new HashMap<>();
    private final Map<String, String> seriesStudies = new HashMap<>();
    private final Map<String, Admission.KnownInstance> known = new HashMap<>();

    Arrivals(Connection connection, List<Instance> instances) {
        this.connection = connection;
        this.instances = instances;
    }

    List<StoreOutcome> record() throws SQLException {
        lock();
        look();
        Map<String, Instance> newStudies = new LinkedHashMap<>();
        Map<String, Instance> newSeries = new LinkedHashMap<>();
        List<Instance> added = new ArrayList<>();
        List<StoreOutcome> outcomes = new ArrayList<>();
        for (Instance instance : instances) {
            StoreOutcome outcome = decide(instance);
            if (outcome instanceof StoreOutcome.Added) {
                note(instance, newStudies, newSeries);
                added.add(instance);
            }
            outcomes.add(outcome);
        }
        InstanceRows rows = new InstanceRows(connection);
        studyIds.putAll(rows.addStudies(newStudies.values()));
        seriesIds.putAll(rows.addSeries(newSeries.values(), studyIds));
        rows.addInstances(added, seriesIds, studyIds);
        hold(rows, outcomes);
        return outcomes;
    }

    private StoreOutcome decide(Instance instance) {
        return Admission.decide(
                instance,
                studies.get(instance.studyUid()),
                seriesStudies.get(instance.seriesUid()),
                known.get(instance.sopInstanceUid()));
    }

    /** So that the next of the same batch finds it. */
    private void note(Instance instance, Map<String, Instance> newStudies, Map<String, Instance> newSeries) {
        PatientKey patient = java.util.Objects.requireNonNull(instance.patient());
        if (!studies.containsKey(instance.studyUid())) {
            StudyRows.StudyRow row = StudyRows.study(instance);
            studies.put(instance.studyUid(), new Admission.KnownStudy(patient, row.birthDate(), row.sex()));
            newStudies.put(instance.studyUid(), instance);
        }
        if (!seriesStudies.containsKey(instance.seriesUid())) {
            seriesStudies.put(instance.seriesUid(), instance.studyUid());
            newSeries.put(instance.seriesUid(), instance);
        }
        known.put(instance.sopInstanceUid(), new Admission.KnownInstance(instance.digest()));
    }

    /** Keeps apart what is held, each once; what was held before is told. */
    private void hold(InstanceRows rows, List<StoreOutcome> outcomes) throws SQLException {
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof StoreOutcome.Held held && !rows.hold(instances.get(i), held)) {
                outcomes.set(i, new StoreOutcome.Held(held.reason(), held.detail(), true));
            }
        }
    }

    private void lock() throws SQLException {
        // Series and instances too: that a UID is used twice under two studies is just what has to be seen.
        TreeSet<Long> keys = new TreeSet<>();
        for (Instance instance : instances) {
            keys.add(key('t', instance.studyUid()));
            keys.add(key('s', instance.seriesUid()));
            keys.add(key('i', instance.sopInstanceUid()));
        }
        long[] all = keys.stream().mapToLong(Long::longValue).toArray();
        try (PreparedStatement statement = Sql.of(LOCK, (Object) all).prepare(connection)) {
            statement.execute();
        }
    }

    /** A lock of one's own for each UID; two that share one only wait for each other. */
    static long key(char kind, String uid) {
        long hash = kind;
        for (int i = 0; i < uid.length(); i++) {
            hash = hash * 0x100000001B3L ^ uid.charAt(i);
        }
        return hash;
    }

    private void look() throws SQLException {
        Sql sql = Sql.of(
                LOOK,
                instances.stream().map(Instance::studyUid).distinct().toArray(String[]::new),
                instances.stream().map(Instance::seriesUid).distinct().toArray(String[]::new),
                instances.stream().map(Instance::sopInstanceUid).distinct().toArray(String[]::new));
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String uid = row.getString(2);
                switch (row.getInt(1)) {
                    case 1 -> {
                        studyIds.put(uid, row.getLong(3));
                        studies.put(
                                uid,
                                new Admission.KnownStudy(
                                        new PatientKey(row.getString(4), row.getString(5)),
                                        row.getString(6),
                                        row.getString(7),
                                        row.getBoolean(9)));
                    }
                    case 2 -> {
                        seriesIds.put(uid, row.getLong(3));
                        seriesStudies.put(uid, row.getString(4));
                    }
                    default -> known.put(uid, new Admission.KnownInstance(row.getBytes(8)));
                }
            }
        }
    }
}
