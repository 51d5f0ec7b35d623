package org.countyhub.fhir.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Statements of which little comes back. */
final class Statements {
    private Statements() {}

    /** Runs all in one round trip. */
    static void run(Db db, List<Sql> statements) {
        if (!statements.isEmpty()) {
            Sql all = Sql.join(statements, ";\n");
            db.query(connection -> {
                try (PreparedStatement statement = all.prepare(connection)) {
                    return statement.execute();
                }
            });
        }
    }

    /** The first column. */
    static List<Long> numbers(Db db, Sql sql) {
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<Long> numbers = new ArrayList<>();
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
                return numbers;
            }
        });
    }
}
