package org.countyhub.imaging.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.countyhub.imaging.study.lifecycle.RemovalStore;
import org.countyhub.imaging.study.lifecycle.StudyState;
import org.countyhub.imaging.study.lifecycle.Tier;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Studies that grow old and go, in PostgreSQL. */
public final class PgRemovalStore implements RemovalStore {
    private static final String RECORD = """
            insert into study_deletion (study_uid, patient_system, patient_id, source, instances, bytes, deleted, deleted_by, reason)
            select study_uid, patient_system, patient_id, source, instances, bytes, ?, ?, ?
              from study
             where study_uid = ? and (?::integer is null or version = ?::integer) and (instances > 0 or state <> 'ENTERED_IN_ERROR')
            returning instances, bytes
            """;
    /** What a person had accepted into the study has no bytes any more either. */
    private static final String FORGET = """
            insert into blob_removal (blob, due)
            select i.blob, ? from instance i join series s on s.id = i.series join study t on t.id = s.study where t.study_uid = ?
            on conflict do nothing;
            update quarantine q set resolution = 'DISCARDED', resolved = ?, resolved_by = ?
              from instance i join series s on s.id = i.series join study t on t.id = s.study
             where t.study_uid = ? and q.blob = i.blob and q.resolution = 'ACCEPTED';
            delete from instance i using series s, study t where s.id = i.series and t.id = s.study and t.study_uid = ?;
            delete from series s using study t where t.id = s.study and t.study_uid = ?;
            delete from study_evidence where study_uid = ?;
            update study set instances = 0, bytes = 0, version = version + 1, state = 'ENTERED_IN_ERROR', state_since = ?,
                             completed_by = null, completion_untold = false
             where study_uid = ?
            """;
    /** No blob that any instance or open entry has, whatever this table says. */
    private static final String DUE = """
            select r.blob from blob_removal r
             where r.due <= ? and not exists (select 1 from instance i where i.blob = r.blob)
               and not exists (select 1 from quarantine q where q.blob = r.blob and q.resolution is null)
             order by r.due, r.blob limit ?
            """;

    private static final String AGED = """
            select t.id, t.study_uid, t.state, t.version, t.source,
                   (select array_agg(distinct s.modality) from series s where s.study = t.id), t.last_received, t.tier
              from study t where t.id > ? and t.last_received <= ? and t.instances > 0 order by t.id limit ?
            """;

    private final Db db;
    private final Statements statements;

    public PgRemovalStore(Db db) {
        this.db = db;
        statements = new Statements(db);
    }

    @Override
    public Optional<Removed> remove(String studyUid, OptionalInt version, Instant at, String by, String reason) {
        Integer expected = version.isPresent() ? (Integer) version.getAsInt() : null;
        return db.transaction(() -> db.query(connection -> {
            // The lock under which instances of the study come in.
            execute(connection, Sql.of("select pg_advisory_xact_lock(?)", Arrivals.key('t', studyUid)));
            Optional<Removed> removed =
                    recorded(connection, Sql.of(RECORD, at, by, reason, studyUid, expected, expected));
            if (removed.isPresent()) {
                execute(
                        connection,
                        Sql.of(FORGET, at, studyUid, at, by, studyUid, studyUid, studyUid, studyUid, at, studyUid));
            }
            return removed;
        }));
    }

    private static Optional<Removed> recorded(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(new Removed(row.getInt(1), row.getLong(2))) : Optional.empty();
        }
    }

    private static void execute(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            statement.execute();
        }
    }

    @Override
    public List<String> due(Instant now, int limit) {
        return statements.select(Sql.of(DUE, now, limit), row -> row.getString(1));
    }

    @Override
    public void gone(Collection<String> blobs) {
        statements.change(
                Sql.of("delete from blob_removal where blob = any(?)", (Object) blobs.toArray(String[]::new)));
    }

    @Override
    public List<Aged> aged(Instant lastReceivedBefore, long afterId, int limit) {
        return statements.select(Sql.of(AGED, afterId, lastReceivedBefore, limit), PgRemovalStore::aged);
    }

    private static Aged aged(ResultSet row) throws SQLException {
        return new Aged(
                row.getLong(1),
                row.getString(2),
                StudyState.valueOf(row.getString(3)),
                row.getInt(4),
                row.getString(5),
                List.of((String[]) row.getArray(6).getArray()),
                Statements.instant(row, 7),
                Tier.valueOf(row.getString(8)));
    }
}
