package org.countyhub.fhir.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.countyhub.fhir.resource.AnswerRoom;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.SearchPage;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.model.Criterion;
import org.countyhub.fhir.search.model.EverythingQuery;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.fhir.search.model.SearchQuery.Cursor;
import org.countyhub.fhir.search.model.TokenValue;
import org.countyhub.fhir.store.sql.EverythingSql;
import org.countyhub.fhir.store.sql.IndexKeys;
import org.countyhub.fhir.store.sql.SearchSql;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/** Search on the tables {@code resource} and {@code search_*}. */
public final class PgSearchStore implements SearchStore {
    private static final String UP_TO_TWO_BY_TOKEN = """
            select k.query, r.id, r.type, r.fhir_id, r.version, r.change, r.last_updated, r.body
            from unnest(?::integer[], ?::bigint[], ?::bigint[]) as k(query, value_hash, token_hash)
            cross join lateral (
              select distinct t.resource_id from search_token t
              where t.value_hash = k.value_hash and t.token_hash = k.token_hash
              order by t.resource_id limit 2) as m
            join resource r on r.id = m.resource_id
            where r.change in (1, 2)""";

    private static final int MATCHES_BYTES = 16 * 1024 * 1024;

    private static final String HOLDERS = """
            select distinct r.type, r.fhir_id
            from search_token t join resource r on r.id = t.resource_id
            where t.value_hash = any(?) and r.change in (1, 2)
            order by 1, 2 limit ?""";

    private final Db db;
    private final TypeIds types;
    private final BodyCodec codec;
    private final SearchParameters parameters;
    private final SearchSql compiler;
    private final EverythingSql everything;

    public PgSearchStore(Db db, TypeIds types, BodyCodec codec, SearchParameters parameters) {
        this.db = db;
        this.types = types;
        this.codec = codec;
        this.parameters = parameters;
        this.compiler = new SearchSql(parameters, types::id);
        this.everything = new EverythingSql(
                parameters, types::id, types.ids().stream().map(types::name).toList());
    }

    @Override
    public SearchPage page(SearchQuery query, AnswerRoom room) {
        SearchQuery including = query.includes().isEmpty() ? null : query;
        return page(compiler.smallPage(query, room.pageBytes()), new PageReader(query.count(), including, room, true))
                .or(() -> page(
                        compiler.page(query, room.pageBytes()), new PageReader(query.count(), including, room, false)))
                .orElseThrow();
    }

    @Override
    public SearchPage page(EverythingQuery query, AnswerRoom room) {
        return page(everything.smallPage(query, room.pageBytes()), new PageReader(query.count(), null, room, true))
                .or(() -> page(
                        everything.page(query, room.pageBytes()), new PageReader(query.count(), null, room, false)))
                .orElseThrow();
    }

    /** Empty when the reader takes only small bodies and there is a larger one. */
    private Optional<SearchPage> page(SearchSql.Statement statement, PageReader reader) {
        return db.query(connection -> {
            try (PreparedStatement prepared = executed(connection, statement);
                    ResultSet rows = prepared.getResultSet()) {
                return reader.read(rows);
            }
        });
    }

    /** What matters is whether there are two; of more, as many as fit, and the client asks again for the rest. */
    private static AnswerRoom room(SearchQuery query) {
        return query.count() > 2 ? AnswerRoom.of(MATCHES_BYTES) : AnswerRoom.UNBOUNDED;
    }

    /** One page from its rows: part, place, id, type, fhir_id, version, change, last_updated, body, patient, sort_values. */
    private final class PageReader {
        private final int count;
        private final @Nullable SearchQuery including;
        private final AnswerRoom room;
        private final boolean onlySmall;
        private final List<StoredVersion> matches = new ArrayList<>();
        private final List<StoredVersion> included = new ArrayList<>();
        private final Set<Long> patients = new HashSet<>();
        private final Set<Long> ofSeveral = new HashSet<>();
        private boolean more;
        private java.sql.@Nullable Array lastValues;
        private long lastNumber;
        private long matchedBytes;
        private long includedBytes;

        /** @param including the search when it brings more along than its matches */
        PageReader(int count, @Nullable SearchQuery including, AnswerRoom room, boolean onlySmall) {
            this.count = count;
            this.including = including;
            this.room = room;
            this.onlySmall = onlySmall;
        }

        Optional<SearchPage> read(ResultSet rows) throws SQLException {
            while (rows.next()) {
                if (onlySmall && rows.getBytes(9) == null) {
                    return Optional.empty();
                }
                if (rows.getInt(1) == 1) {
                    included(rows);
                } else {
                    match(rows);
                }
            }
            return Optional.of(new SearchPage(
                    matches, included, patients, ofSeveral, more ? cursor(lastValues, lastNumber) : null));
        }

        private void match(ResultSet rows) throws SQLException {
            byte[] body = more || matches.size() == count ? null : rows.getBytes(9);
            if (body == null || matchedBytes >= room.pageBytes()) {
                // What is included belongs to all matches asked for, not to fewer.
                if (matches.size() < count && including != null) {
                    throw TooMuchIncluded.bytes(including, room.pageBytes());
                }
                more = true;
                return;
            }
            matchedBytes += add(matches, version(rows, 3, body), rows.getLong(10));
            // Which row is the last on the page shows only at the next one.
            lastValues = rows.getArray(11);
            lastNumber = rows.getLong(3);
        }

        private void included(ResultSet rows) throws SQLException {
            byte[] body = rows.getBytes(9);
            SearchQuery search = Objects.requireNonNull(including);
            if (included.size() == SearchSql.MAX_INCLUDED) {
                throw TooMuchIncluded.resources(search);
            }
            if (body == null || includedBytes >= room.pageBytes()) {
                throw TooMuchIncluded.bytes(search, room.pageBytes());
            }
            includedBytes += add(included, version(rows, 3, body), rows.getLong(10));
        }

        private int add(List<StoredVersion> to, StoredVersion version, long patient) {
            int bytes = version.json().length;
            room.take(bytes);
            to.add(version);
            String type = version.key().type();
            if (type.equals("Patient")) {
                patients.add(version.surrogate());
            } else if (patient != 0) {
                patients.add(patient);
            } else if (!parameters.patientCompartment(type).isEmpty()) {
                ofSeveral.add(version.surrogate());
            }
            return bytes;
        }
    }

    private static Cursor cursor(java.sql.@Nullable Array values, long number) throws SQLException {
        return new Cursor(values == null ? List.of() : List.of((String[]) values.getArray()), number);
    }

    /** Columns from {@code first}: id, type, fhir_id, version, change, last_updated, body. */
    private StoredVersion version(ResultSet rows, int first) throws SQLException {
        return version(rows, first, rows.getBytes(first + 6));
    }

    private StoredVersion version(ResultSet rows, int first, byte[] body) throws SQLException {
        return new StoredVersion(
                new ResourceKey(types.name(rows.getShort(first + 1)), rows.getString(first + 2)),
                rows.getLong(first),
                rows.getInt(first + 3),
                PgResourceStore.instant(rows, first + 5),
                Change.of(rows.getInt(first + 4)),
                codec.decode(body));
    }

    @Override
    public long count(SearchQuery query) {
        SearchSql.Statement statement = compiler.count(query);
        return db.query(connection -> {
            try (PreparedStatement prepared = executed(connection, statement);
                    ResultSet row = prepared.getResultSet()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** Runs a search up to its rows. One that is not pointed is planned with its values, in the same round trip. */
    private static PreparedStatement executed(Connection connection, SearchSql.Statement statement)
            throws SQLException {
        if (statement.pointed()) {
            PreparedStatement prepared = statement.sql().prepare(connection);
            prepared.execute();
            return prepared;
        }
        PreparedStatement prepared = Sql.of("set plan_cache_mode = force_custom_plan;\n")
                .plus(statement.sql())
                .plus(";\nreset plan_cache_mode")
                .prepare(connection);
        prepared.execute();
        prepared.getMoreResults();
        return prepared;
    }

    @Override
    public List<List<StoredVersion>> matches(List<SearchQuery> queries) {
        List<List<StoredVersion>> found = new ArrayList<>();
        Longs numbers = new Longs();
        Longs values = new Longs();
        Longs hashes = new Longs();
        for (int i = 0; i < queries.size(); i++) {
            found.add(new ArrayList<>());
            if (!byToken(queries.get(i), i, numbers, values, hashes)) {
                found.get(i).addAll(page(queries.get(i), room(queries.get(i))).matches());
            }
        }
        if (numbers.size() > 0) {
            Sql sql = Sql.of(UP_TO_TWO_BY_TOKEN, numbers.toInts(), values.toArray(), hashes.toArray());
            db.query(connection -> {
                try (PreparedStatement prepared = sql.prepare(connection);
                        ResultSet rows = prepared.executeQuery()) {
                    while (rows.next()) {
                        add(found.get(rows.getInt(1)), version(rows, 2));
                    }
                }
                return true;
            });
        }
        return found;
    }

    @Override
    public List<ResourceKey> holders(List<String> systems, int limit) {
        long[] values = types.ids().stream()
                .map(types::name)
                .flatMap(type -> parameters.of(type).stream())
                .filter(parameter -> parameter.code().equals("identifier"))
                .flatMap(parameter -> systems.stream().map(system -> IndexKeys.systemOnly(parameter, system)))
                .mapToLong(Long::longValue)
                .toArray();
        return db.query(connection -> {
            try (PreparedStatement statement = Sql.of(HOLDERS, values, limit).prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<ResourceKey> keys = new ArrayList<>();
                while (rows.next()) {
                    keys.add(new ResourceKey(types.name(rows.getShort(1)), rows.getString(2)));
                }
                return keys;
            }
        });
    }

    /** Two aliases of one system may find the same resource. */
    private static void add(List<StoredVersion> matches, StoredVersion match) {
        if (matches.stream().noneMatch(known -> known.surrogate() == match.surrogate())) {
            matches.add(match);
        }
    }

    /** Whether the query is nothing but tokens with a system; if so, notes what to look for. */
    private static boolean byToken(SearchQuery query, int number, Longs numbers, Longs values, Longs hashes) {
        if (query.count() > 2
                || query.criteria().size() != 1
                || !(query.criteria().getFirst() instanceof Criterion.Tokens tokens)
                || !tokens.parameter().answeredBy().isEmpty()
                || !tokens.anyOf().stream().allMatch(TokenValue.SystemAndCode.class::isInstance)) {
            return false;
        }
        for (TokenValue value : tokens.anyOf()) {
            if (value instanceof TokenValue.SystemAndCode token) {
                numbers.add(number);
                values.add(IndexKeys.value(tokens.parameter(), token.code()));
                hashes.add(IndexKeys.token(token.system(), token.code()));
            }
        }
        return true;
    }
}
