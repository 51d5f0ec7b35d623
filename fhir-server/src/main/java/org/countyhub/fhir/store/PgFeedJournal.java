package org.countyhub.fhir.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.countyhub.fhir.identity.feed.FeedJournal;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Messages that were carried out, in the table {@code feed_message}. */
public final class PgFeedJournal implements FeedJournal {
    private static final String HOLDS = "select 1 from feed_message f where f.key = ?";
    private static final String ADD = "insert into feed_message (key) values (?) on conflict do nothing";

    private final Db db;

    public PgFeedJournal(Db db) {
        this.db = db;
    }

    @Override
    public boolean holds(byte[] key) {
        return db.query(connection -> {
            try (PreparedStatement statement = Sql.of(HOLDS, (Object) key).prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        });
    }

    @Override
    public boolean add(byte[] key) {
        return db.query(connection -> {
            try (PreparedStatement statement = Sql.of(ADD, (Object) key).prepare(connection)) {
                return statement.executeUpdate() == 1;
            }
        });
    }
}
