package org.countyhub.fhir.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.resource.AnswerRoom;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.HistoryPage;
import org.countyhub.fhir.resource.HistoryQuery;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.store.sql.PageBody;
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

    HistoryPage page(HistoryQuery query, AnswerRoom room) {
        Sql page = statement(query, room.pageBytes());
        return db.query(connection -> {
            try (PreparedStatement statement = page.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                return page(query.count(), rows, room);
            }
        });
    }

    private HistoryPage page(int count, ResultSet rows, AnswerRoom room) throws SQLException {
        List<StoredVersion> versions = new ArrayList<>();
        long bytes = 0;
        while (rows.next()) {
            boolean leftOut = rows.getBoolean(8);
            if (leftOut || versions.size() == count || bytes >= room.pageBytes()) {
                return new HistoryPage(versions, true);
            }
            byte[] body = rows.getBytes(7);
            StoredVersion version = new StoredVersion(
                    new ResourceKey(types.name(rows.getShort(2)), rows.getString(3)),
                    rows.getLong(1),
                    rows.getInt(4),
                    PgResourceStore.instant(rows, 6),
                    Change.of(rows.getInt(5)),
                    body == null ? new byte[0] : codec.decode(body));
            room.take(version.json().length);
            bytes += version.json().length;
            versions.add(version);
        }
        return new HistoryPage(versions, false);
    }

    /** Columns: id, type, fhir_id, version, change, last_updated, body, whether the page has no room for the body. */
    private Sql statement(HistoryQuery query, int pageBytes) {
        int rows = query.count() + 1;
        Sql current = current("r.id, r.type, r.fhir_id, r.version, r.change, r.last_updated, r.body", query)
                .plus("\norder by r.last_updated desc, r.id desc limit ?)", rows);
        Sql superseded = superseded(
                        "h.resource_id, h.type, r.fhir_id, h.version, h.change, h.last_updated, h.body", query)
                .plus("\norder by h.last_updated desc, h.resource_id desc, h.version desc limit ?)", rows);
        Sql merged = merged("v.*", query, current, superseded)
                .plus("\norder by last_updated desc, id desc, version desc limit ?", rows);
        return Sql.of("select p.id, p.type, p.fhir_id, p.version, p.change, p.last_updated, p.sent,"
                        + " p.sent is null and p.body is not null from (select m.*, ")
                .plus(PageBody.column("m") + " as sent from (", pageBytes)
                .plus(merged)
                .plus(") as m) as p");
    }

    /** How many versions a query is about, whatever the page. */
    long size(HistoryQuery query) {
        HistoryQuery all = new HistoryQuery(query.type(), query.id(), query.since(), query.at(), query.count(), null);
        Sql sql = merged(
                "sum(v.n)",
                all,
                current("count(*) as n", all).plus(")"),
                superseded("count(*)", all).plus(")"));
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private Sql current(String columns, HistoryQuery query) {
        return Sql.of("(select " + columns + "\nfrom resource r where r.version > 0 and r.type =")
                .plus(type(query))
                .plus(instance(query))
                .plus(window(query, "r.last_updated", "r.id", "r.version", "'infinity'::timestamptz"));
    }

    private Sql superseded(String columns, HistoryQuery query) {
        return Sql.of("(select " + columns
                        + "\nfrom resource_history h join resource r on r.id = h.resource_id\nwhere h.type =")
                .plus(type(query))
                .plus(instance(query))
                .plus(window(query, "h.last_updated", "h.resource_id", "h.version", SUPERSEDED_AT));
    }

    private static Sql merged(String columns, HistoryQuery query, Sql current, Sql superseded) {
        Sql both = current.plus("\nunion all\n").plus(superseded);
        return query.type() == null
                ? Sql.of("select " + columns + " from resource_type t cross join lateral (")
                        .plus(both)
                        .plus(") as v")
                : Sql.of("select " + columns + " from (").plus(both).plus(") as v");
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
