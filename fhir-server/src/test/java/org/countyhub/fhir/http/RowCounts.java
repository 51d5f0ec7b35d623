package org.countyhub.fhir.http;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.countyhub.kernel.TestDatabase;

/** How many rows each table holds, to see that a refused request left nothing. */
record RowCounts(Map<String, Long> byTable) {
    private static final String ALL = """
        select 'resource', count(*) from resource
        union all select 'resource_history', count(*) from resource_history
        union all select 'search_token', count(*) from search_token
        union all select 'search_reference', count(*) from search_reference
        union all select 'search_string', count(*) from search_string
        union all select 'search_date', count(*) from search_date
        union all select 'search_quantity', count(*) from search_quantity\
        """;

    static RowCounts of(TestDatabase database) {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            Map<String, Long> counts = new TreeMap<>();
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
            return new RowCounts(counts);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
