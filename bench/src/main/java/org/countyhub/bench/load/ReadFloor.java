package org.countyhub.bench.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;

/**
 * What a read costs with nothing around it: the stored body by primary key, served by the same kind of HTTP server and
 * connection pool, without FHIR.
 */
final class ReadFloor {
    private static final int POOL = 10;
    private static final int BODIES = 20_000;

    private ReadFloor() {}

    static void run(Session session, Database database, Dataset dataset) {
        String select;
        List<Long> ids;
        try (Connection connection = database.connect()) {
            ids = new ArrayList<>(WriteFloor.ids(connection, dataset, BODIES));
            if (ids.isEmpty()) {
                session.add(Row.notOffered(RowNames.READ_FLOOR, "/s", WriteFloor.NO_BODIES));
                return;
            }
            select =
                    FloorTable.bodies(FloorTable.find(connection)).orElseThrow().selectBody();
        } catch (SQLException e) {
            throw new LoadFailure("cannot look into the tables of the server", e);
        }
        Collections.shuffle(ids, new Random(2));
        measure(session, database, select, ids);
    }

    private static void measure(Session session, Database database, String select, List<Long> ids) {
        try (HikariDataSource pool = pool(database);
                FloorServer server = FloorServer.start(new BodyServlet(pool, select))) {
            read(session, server.base(), ids);
        }
    }

    private static void read(Session session, FhirBase base, List<Long> ids) {
        List<byte[]> requests =
                ids.stream().map(id -> base.get(Long.toString(id))).toList();
        Measurement measurement = session.warmed(
                        base,
                        Singles.CONNECTIONS,
                        session.scaled(20_000, 5_000),
                        session.volume(100_000, 5_000),
                        index -> requests.get(index % requests.size()))
                .measurement();
        // This server lives in the process of the load client, whose CPU time says nothing.
        session.rate(RowNames.READ_FLOOR, Singles.CONNECTIONS, new Session.Costed(measurement, Optional.empty()));
    }

    private static HikariDataSource pool(Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setMaximumPoolSize(POOL);
        return new HikariDataSource(config);
    }

    /** Streams one body. */
    private static final class BodyServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient DataSource pool;
        private final String select;

        BodyServlet(DataSource pool, String select) {
            this.pool = pool;
            this.select = select;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(select)) {
                statement.setLong(1, Long.parseLong(request.getPathInfo().substring(1)));
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        response.setStatus(404);
                        return;
                    }
                    byte[] body = row.getBytes(1);
                    response.setContentType("application/fhir+json");
                    response.setContentLength(body.length);
                    response.getOutputStream().write(body);
                }
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
