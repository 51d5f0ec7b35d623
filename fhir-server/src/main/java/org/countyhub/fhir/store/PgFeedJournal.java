package org.countyhub.fhir.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import org.countyhub.fhir.identity.feed.FeedJournal;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Messages that were carried out in the last 90 days, in the table {@code feed_message}. */
public final class PgFeedJournal implements FeedJournal {
    private static final String HOLDS = "select 1 from feed_message f where f.key = ?";
    private static final String ADD = "insert into feed_message (key) values (?) on conflict do nothing";
    /** More than come with each message, so that the table gets no larger than what comes in that time. */
    private static final String REMOVE_OLD = """
            delete from feed_message f where f.key in (
              select o.key from feed_message o where o.received < now() - interval '90 days'
              order by o.received limit 100 for update skip locked)""";

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
        boolean added = db.query(connection -> {
            try (PreparedStatement statement = Sql.of(ADD, (Object) key).prepare(connection)) {
                return statement.executeUpdate() == 1;
            }
        });
        Statements.run(db, List.of(Sql.of(REMOVE_OLD)));
        return added;
    }
}
