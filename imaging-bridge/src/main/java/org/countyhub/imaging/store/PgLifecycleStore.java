package org.countyhub.imaging.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.lifecycle.CompletedBy;
import org.countyhub.imaging.study.lifecycle.Completion;
import org.countyhub.imaging.study.lifecycle.Evidence;
import org.countyhub.imaging.study.lifecycle.Lifecycle;
import org.countyhub.imaging.study.lifecycle.LifecycleStore;
import org.countyhub.imaging.study.lifecycle.Standing;
import org.countyhub.imaging.study.lifecycle.StudyState;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Where studies stand, in PostgreSQL. */
public final class PgLifecycleStore implements LifecycleStore {
    private static final String STANDING = """
            select study_uid, patient_system, patient_id, source, state, state_since, completed_by, version, instances, bytes, last_received
              from study where study_uid = ?
            """;
    private static final String PUT = """
            update study set state = ?, state_since = ?, completed_by = ?, completion_untold = ?, version = version + ? where study_uid = ?
            """;
    private static final String SAY = """
            insert into study_evidence (study_uid, kind, reference, said, instances, count) values (?, ?, ?, ?, ?, ?)
            on conflict (study_uid, kind, reference) do update
               set said = excluded.said, instances = excluded.instances, count = excluded.count, spent = null
             where (study_evidence.instances, study_evidence.count) is distinct from (excluded.instances, excluded.count)
            """;
    /** Lists of thousands of UIDs are joined, because {@code = any(array)} would compare each with each. */
    private static final String SAID = """
            select e.kind, e.reference, e.instances, e.count, t.instances,
                   (select count(*) from unnest(e.instances) n (uid)
                      join instance i on i.sop_instance_uid = n.uid join series s on s.id = i.series where s.study = t.id),
                   case e.kind when 'STORAGE_COMMITMENT' then
                     (select count(*) from series s join instance i on i.series = s.id
                       where s.study = t.id and i.sop_instance_uid not in (
                         select c.uid from study_evidence k cross join lateral unnest(k.instances) c (uid)
                          where k.study_uid = e.study_uid and k.kind = 'STORAGE_COMMITMENT'))
                   else 0 end
              from study_evidence e join study t on t.study_uid = e.study_uid
             where e.study_uid = ? and e.spent is null order by e.said, e.kind, e.reference
            """;

    private static final String UNDECIDED = """
            select t.study_uid from study t
             where t.state = 'RECEIVING' and t.instances > 0 and t.study_uid > ?
               and (t.last_received <= ? or exists (select 1 from study_evidence e where e.study_uid = t.study_uid and e.spent is null))
             order by t.study_uid limit ?
            """;

    private final Statements statements;

    public PgLifecycleStore(Db db) {
        statements = new Statements(db);
    }

    @Override
    public Optional<Standing> standing(String studyUid) {
        return statements.select(Sql.of(STANDING, studyUid), PgLifecycleStore::standing).stream()
                .findFirst();
    }

    @Override
    public Optional<Standing> lock(String studyUid) {
        return statements.select(Sql.of(STANDING, studyUid).plus(" for update"), PgLifecycleStore::standing).stream()
                .findFirst();
    }

    private static Standing standing(ResultSet row) throws SQLException {
        String by = row.getString(7);
        return new Standing(
                row.getString(1),
                new PatientKey(row.getString(2), row.getString(3)),
                row.getString(4),
                new Lifecycle(
                        StudyState.valueOf(row.getString(5)),
                        Statements.instant(row, 6),
                        by == null ? null : CompletedBy.valueOf(by)),
                row.getInt(8),
                row.getInt(9),
                row.getLong(10),
                Statements.instant(row, 11));
    }

    @Override
    public void put(String studyUid, Lifecycle lifecycle, boolean publish) {
        CompletedBy by = lifecycle.completedBy();
        statements.change(Sql.of(
                PUT,
                lifecycle.state().name(),
                lifecycle.since(),
                by == null ? null : by.name(),
                lifecycle.state() == StudyState.COMPLETE,
                publish ? 1 : 0,
                studyUid));
    }

    @Override
    public void decided(String studyUid, Lifecycle.Decision decision, Instant at, String by, String reason) {
        statements.change(Sql.of(
                "insert into study_decision (study_uid, decision, decided, decided_by, reason) values (?, ?, ?, ?, ?)",
                studyUid,
                decision.name(),
                at,
                by,
                reason));
    }

    @Override
    public void say(String studyUid, Evidence evidence, Instant at) {
        statements.change(Sql.of(
                SAY,
                studyUid,
                evidence.kind().name(),
                evidence.reference(),
                at,
                evidence.sopInstanceUids().stream().sorted().toArray(String[]::new),
                evidence.count()));
    }

    @Override
    public List<Said> said(String studyUid) {
        return statements.select(
                Sql.of(SAID, studyUid),
                row -> new Said(
                        new Evidence(
                                CompletedBy.valueOf(row.getString(1)),
                                row.getString(2),
                                Set.of((String[]) row.getArray(3).getArray()),
                                row.getInt(4)),
                        new Evidence.Holdings(row.getInt(5), row.getInt(6), row.getInt(7))));
    }

    @Override
    public void spent(String studyUid, List<Evidence> evidence, Instant at) {
        evidence.forEach(one -> statements.change(Sql.of(
                "update study_evidence set spent = ? where study_uid = ? and kind = ? and reference = ?",
                at,
                studyUid,
                one.kind().name(),
                one.reference())));
    }

    @Override
    public List<String> undecided(Instant quietSince, String afterUid, int limit) {
        return statements.select(Sql.of(UNDECIDED, afterUid, quietSince, limit), row -> row.getString(1));
    }

    @Override
    public List<Completion> untold(int limit) {
        return statements.select(
                Sql.of("""
                        select study_uid, version, completed_by, state_since from study where completion_untold
                         order by state_since, id limit ?
                        """, limit),
                row -> new Completion(
                        row.getString(1),
                        row.getInt(2),
                        CompletedBy.valueOf(row.getString(3)),
                        Statements.instant(row, 4)));
    }

    @Override
    public void told(Completion completion) {
        statements.change(Sql.of(
                "update study set completion_untold = false where study_uid = ? and version = ?",
                completion.studyUid(),
                completion.version()));
    }
}
