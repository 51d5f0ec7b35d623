package org.countyhub.imaging.store;

import java.time.Instant;
import java.util.List;
import org.countyhub.imaging.study.lifecycle.Tier;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Which blobs are to move, and that they have; in PostgreSQL. */
final class PgBlobMoves {
    private static final String BELOW = """
            select i.sop_instance_uid, i.transfer_syntax, i.blob, i.dataset_position, i.size, i.digest
              from series s join instance i on i.series = s.id
             where s.study = ? and i.sop_instance_uid > ? and i.blob !~ ? order by i.sop_instance_uid limit ?
            """;
    /** The row that has the old key still; what refers to the same blob from the quarantine goes with it. */
    private static final String SWITCH = """
            with moved as (
              update instance i set blob = m.new from unnest(?, ?, ?) m (uid, old, new)
               where i.sop_instance_uid = m.uid and i.blob = m.old returning m.old, m.new),
            followed as (update quarantine q set blob = moved.new from moved where q.blob = moved.old),
            due as (insert into blob_removal (blob, due) select old, ? from moved on conflict do nothing),
            kept as (delete from blob_removal r using moved where r.blob = moved.new)
            select new from moved
            """;

    private final Db db;
    private final Statements statements;

    PgBlobMoves(Db db) {
        this.db = db;
        this.statements = new Statements(db);
    }

    /** A blob and what it must be. */
    @SuppressWarnings("ArrayRecordComponent")
    record Movable(
            String sopInstanceUid, String transferSyntax, String blob, int datasetPosition, long size, byte[] digest) {}

    /** A blob and the key of its copy. */
    record Copied(Movable from, String to) {}

    /** Instances of a study whose bytes are in no tier as far as that one, in the order of their UIDs. */
    List<Movable> below(long study, Tier tier, String afterUid, int limit) {
        String there = tier == Tier.ARCHIVE ? "^archive:" : "^(s3|archive):";
        return statements.select(
                Sql.of(BELOW, study, afterUid, there, limit),
                row -> new Movable(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getLong(5),
                        row.getBytes(6)));
    }

    /** Has a copy removed at that time unless it is referred to by then. */
    void announce(String copy, Instant due) {
        statements.change(Sql.of("insert into blob_removal (blob, due) values (?, ?)", copy, due));
    }

    /** Puts copies in the place of what they are copies of, which is due at that time; gives the keys that are in use now. */
    List<String> replace(List<Copied> copies, Instant due) {
        Sql sql = Sql.of(
                SWITCH,
                copies.stream().map(copy -> copy.from().sopInstanceUid()).toArray(String[]::new),
                copies.stream().map(copy -> copy.from().blob()).toArray(String[]::new),
                copies.stream().map(Copied::to).toArray(String[]::new),
                due);
        return db.transaction(() -> statements.select(sql, row -> row.getString(1)));
    }

    /** Notes that all of a study is in that tier or further, unless the study has changed. */
    void arrived(long study, int version, Tier tier) {
        statements.change(
                Sql.of("update study set tier = ? where id = ? and version = ?", tier.name(), study, version));
    }
}
