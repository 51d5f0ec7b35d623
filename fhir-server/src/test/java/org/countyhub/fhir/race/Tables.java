package org.countyhub.fhir.race;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.TestHub;

/** What lies in the tables, read past the server. */
final class Tables {
    private Tables() {}

    static long count(TestHub hub, String sql) {
        return Long.parseLong(rows(hub, sql).getFirst());
    }

    /** The rows of a query of one text column. */
    static List<String> rows(TestHub hub, String sql) {
        try (var connection = hub.database().source().getConnection();
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
