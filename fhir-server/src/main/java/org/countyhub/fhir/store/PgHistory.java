package org.countyhub.fhir.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.HistoryQuery;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/**
 * Pages of history, newest first: the current versions and the superseded ones, each walked along its own index by time
 * and merged. The history of the system walks each type's and merges those.
 */
final class PgHistory {
    private final Db db;
    private final TypeIds types;
    private final BodyCodec codec;

    PgHistory(Db db, TypeIds types, BodyCodec codec) {
        this.db = db;
        this.types = types;
        this.codec = codec;
    }

    List<StoredVersion> page(HistoryQuery query) {
        Sql page = statement(query);
        return db.query(connection -> {
            try (PreparedStatement statement = page.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<StoredVersion> versions = new ArrayList<>();
                while (rows.next()) {
                    byte[] body = rows.getBytes(7);
                    versions.add(new StoredVersion(
                            new ResourceKey(types.name(rows.getShort(2)), rows.getString(3)),
                            rows.getLong(1),
                            rows.getInt(4),
                            PgResourceStore.instant(rows, 6),
                            Change.of(rows.getInt(5)),
                            body == null ? new byte[0] : codec.decode(body)));
                }
                return versions;
            }
        });
    }

    private Sql statement(HistoryQuery query) {
        Sql current = Sql.of("""
                        (select r.id, r.type, r.fhir_id, r.version, r.change, r.last_updated, r.body
                        from resource r where r.version > 0 and r.type =""")
                .plus(type(query))
                .plus(instance(query))
                .plus(window(query, "r.last_updated", "r.id", "r.version", "'infinity'::timestamptz"))
                .plus("\norder by r.last_updated desc, r.id desc limit ?)", query.count());
        Sql superseded = Sql.of("""
                        (select h.resource_id, h.type, r.fhir_id, h.version, h.change, h.last_updated, h.body
                        from resource_history h join resource r on r.id = h.resource_id
                        where h.type =""")
                .plus(type(query))
                .plus(instance(query))
                .plus(window(query, "h.last_updated", "h.resource_id", "h.version", SUPERSEDED_AT))
                .plus("\norder by h.last_updated desc, h.resource_id desc, h.version desc limit ?)", query.count());
        Sql both = current.plus("\nunion all\n").plus(superseded);
        Sql merged = query.type() == null
                ? Sql.of("select v.* from resource_type t cross join lateral (")
                        .plus(both)
                        .plus(") as v")
                : Sql.of("select v.* from (").plus(both).plus(") as v");
        return merged.plus("\norder by last_updated desc, id desc, version desc limit ?", query.count());
    }

    /** When the version after this one was made: the current one if it is the next, else one of the history. */
    private static final String SUPERSEDED_AT = """
            coalesce((select n.last_updated from resource_history n
                      where n.resource_id = h.resource_id and n.version = h.version + 1), r.last_updated)""";

    private Sql type(HistoryQuery query) {
        return query.type() == null ? Sql.of(" t.id") : Sql.of(" ?", types.id(query.type()));
    }

    private static Sql instance(HistoryQuery query) {
        return query.id() == null ? Sql.EMPTY : Sql.of(" and r.fhir_id = ?", query.id());
    }

    private static Sql window(HistoryQuery query, String time, String number, String version, String endOfValidity) {
        Sql window = Sql.EMPTY;
        Instant since = query.since();
        if (since != null) {
            window = window.plus(" and " + time + " >= ?", since);
        }
        HistoryQuery.Period at = query.at();
        if (at != null) {
            window = window.plus(
                    " and " + time + " < ? and " + endOfValidity + " > ?", at.highExclusive(), at.lowInclusive());
        }
        HistoryQuery.Position after = query.after();
        if (after != null) {
            window = window.plus(
                    " and (" + time + ", " + number + ", " + version + ") < (?, ?, ?)",
                    after.lastUpdated(),
                    after.surrogate(),
                    after.version());
        }
        return window;
    }
}
