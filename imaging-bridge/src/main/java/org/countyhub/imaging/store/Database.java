package org.countyhub.imaging.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.countyhub.kernel.Settings;
import org.flywaydb.core.Flyway;

/** The connection pool and the schema of the imaging bridge: {@code imaging}, beside what the FHIR server keeps. */
public final class Database {
    private static final String SESSION =
            "-c search_path=imaging,public -c jit=off -c idle_in_transaction_session_timeout=60000 -c statement_timeout=";

    private Database() {}

    /** A pool whose statements are cancelled after {@code statementTimeoutMillis}. */
    public static HikariDataSource pool(Settings.Database database, int size, int statementTimeoutMillis) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("imaging");
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, 2));
        config.setConnectionTimeout(10_000);
        config.addDataSourceProperty("ApplicationName", "imaging-bridge");
        config.addDataSourceProperty("options", SESSION + statementTimeoutMillis);
        config.addDataSourceProperty("prepareThreshold", "3");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(config);
    }

    /** Brings the schema up to date. */
    public static void migrate(Settings.Database database) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .schemas("imaging")
                .locations("classpath:db/imaging")
                .load()
                .migrate();
    }
}
