package org.countyhub.fhir.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.identity.link.Backlog;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** How far the first linking has come, in the table {@code person_backlog}. */
public final class PgBacklog implements Backlog {
    /** Locks of two numbers are apart from those of one, which records and persons have. */
    private static final String TAKE = "select pg_try_advisory_xact_lock(?::integer, 0)";

    private static final int LOCK = 0x6c696e6b;

    private static final String NEXT = """
            select p.id, p.fhir_id, p.change in (1, 2) and l.patient is null
            from (
              select r.id, r.fhir_id, r.change
              from resource r, person_backlog b
              where r.type = ? and r.dated_low = '-infinity' and r.id > b.through
              order by r.type, r.dated_low, r.id limit ?) as p
            left join person_link l on l.patient = p.id
            order by p.id""";
    private static final String REACHED = "update person_backlog set through = ?";

    private final Db db;
    private final TypeIds types;

    public PgBacklog(Db db, TypeIds types) {
        this.db = db;
        this.types = types;
    }

    @Override
    public boolean take() {
        return db.query(connection -> {
            try (PreparedStatement statement = Sql.of(TAKE, LOCK).prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    @Override
    public Stretch next(int patients) {
        Sql sql = Sql.of(NEXT, types.id("Patient"), patients);
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<ResourceKey> unlinked = new ArrayList<>();
                int seen = 0;
                long end = END;
                while (rows.next()) {
                    seen++;
                    end = rows.getLong(1);
                    if (rows.getBoolean(3)) {
                        unlinked.add(new ResourceKey("Patient", rows.getString(2)));
                    }
                }
                return new Stretch(unlinked, seen < patients ? END : end);
            }
        });
    }

    @Override
    public void reached(long end) {
        db.query(connection -> {
            try (PreparedStatement statement = Sql.of(REACHED, end).prepare(connection)) {
                return statement.executeUpdate();
            }
        });
    }
}
