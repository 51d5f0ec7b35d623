package org.countyhub.imaging.store;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.TestDatabase;

/** An index of one's own in PostgreSQL. */
public final class TestIndex implements AutoCloseable {
    private final TestDatabase database = TestDatabase.create("imaging", Database::migrate);
    private final HikariDataSource pool = Database.pool(database.settings(), 8, 30_000);

    public Db db() {
        return new Db(pool);
    }

    DataSource source() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
        database.close();
    }
}
