package org.countyhub.fhir.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Settings;
import org.countyhub.kernel.Sql;
import org.flywaydb.core.Flyway;

/** The connection pool and the schema of the FHIR server. */
public final class Database {
    /**
     * Session settings. Every query of the server has an index to go by, so a sequential scan is only ever what a plan
     * made on tables that were still empty would choose. Compiling expressions costs more than these queries take, and
     * so does planning them: a plan is made once for each connection, except where {@link PgSearchStore} asks otherwise.
     */
    private static final String SESSION =
            "-c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan -c idle_in_transaction_session_timeout=60000 -c statement_timeout=";

    private Database() {}

    /** A pool whose statements are cancelled after {@code statementTimeoutMillis}. */
    public static HikariDataSource pool(Settings.Database database, int size, int statementTimeoutMillis) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("fhir");
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, 4));
        config.setConnectionTimeout(10_000);
        config.addDataSourceProperty("ApplicationName", "fhir-server");
        config.addDataSourceProperty("options", SESSION + statementTimeoutMillis);
        config.addDataSourceProperty("prepareThreshold", "3");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(config);
    }

    /** Brings the schema up to date. */
    public static void migrate(Settings.Database database) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** A secret of this installation, made when it is first asked for; the same for all servers on the database. */
    public static byte[] secret(Db db, String name) {
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        return db.transaction(() -> db.query(connection -> {
            try (PreparedStatement add = Sql.of(
                            "insert into secret (name, value) values (?, ?) on conflict do nothing", name, fresh)
                    .prepare(connection)) {
                add.executeUpdate();
            }
            try (PreparedStatement read = Sql.of("select value from secret where name = ?", name)
                            .prepare(connection);
                    ResultSet row = read.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        }));
    }
}
