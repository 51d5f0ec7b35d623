package org.countyhub.imaging.store;

import java.time.Instant;
import java.util.List;
import org.countyhub.imaging.access.Ground;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.access.Reading;
import org.countyhub.imaging.access.ReadingStore;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Who looked at what, in PostgreSQL. */
public final class PgReadingStore implements ReadingStore {
    private static final String INSERT = """
            insert into reading (at, study_uid, requester, organization, address, ground) values (?, ?, ?, ?, ?, ?)
            """;

    private static final String OF_STUDY = """
            select id, at, requester, organization, address, ground from reading
             where study_uid = ? and id > ? order by id limit ?
            """;

    private static final String REMOVE = """
            delete from reading where id in (select id from reading where at < ? order by at limit ?)
            """;

    private final Statements statements;

    public PgReadingStore(Db db) {
        this.statements = new Statements(db);
    }

    @Override
    public void add(Reading reading) {
        statements.change(Sql.of(
                INSERT,
                reading.at(),
                reading.studyUid(),
                reading.reader().requester(),
                reading.reader().organization(),
                reading.address(),
                reading.ground().name()));
    }

    @Override
    public List<Reading> of(String studyUid, long afterId, int limit) {
        return statements.select(
                Sql.of(OF_STUDY, studyUid, afterId, limit),
                row -> new Reading(
                        row.getLong(1),
                        Statements.instant(row, 2),
                        new Reader(row.getString(3), row.getString(4)),
                        row.getString(5),
                        studyUid,
                        Ground.valueOf(row.getString(6))));
    }

    @Override
    public int remove(Instant before, int limit) {
        return statements.change(Sql.of(REMOVE, before, limit));
    }
}
