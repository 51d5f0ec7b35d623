package org.countyhub.fhir.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.countyhub.fhir.resource.AnswerRoom;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.HistoryPage;
import org.countyhub.fhir.resource.HistoryQuery;
import org.countyhub.fhir.resource.RecordKind;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.store.sql.IndexKeys;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/** Records in the tables {@code resource} and {@code resource_history}. */
public final class PgResourceStore implements ResourceStore {
    private static final int SURROGATE_BLOCK = 1024;
    /** The lock that every writer holds shared and one that runs alone holds exclusively. */
    private static final long EVERYTHING = 0;

    private static final String READ = """
            select id, version, change, last_updated, body from resource where type = ? and fhir_id = ?""";
    private static final String READ_VERSION = """
            select r.id, r.version, r.change, r.last_updated, r.body
            from resource r where r.type = ? and r.fhir_id = ? and r.version = ?
            union all
            select h.resource_id, h.version, h.change, h.last_updated, h.body
            from resource r join resource_history h on h.resource_id = r.id
            where r.type = ? and r.fhir_id = ? and h.version = ?""";
    private static final String LIST = """
            select id, type, fhir_id, version, change, last_updated, body
            from resource where type = ? and change in (1, 2)
            order by last_updated desc, id desc limit ?""";
    private static final String LOCK = """
            select count(*) from (
              select case when k.exclusive then pg_advisory_xact_lock(k.hash) else pg_advisory_xact_lock_shared(k.hash) end
              from unnest(?::bigint[], ?::boolean[]) as k(hash, exclusive)
              offset 0) as locks""";
    private static final String TRY_LOCK_SHARED = """
            select coalesce(bool_and(taken), true) from (
              select pg_try_advisory_xact_lock_shared(k.hash) as taken from unnest(?::bigint[]) as k(hash)
              offset 0) as locks""";
    private static final String TRY_LOCK = """
            select pg_try_advisory_xact_lock_shared(?) and pg_try_advisory_xact_lock(?)""";
    private static final String LOOK_UP = """
            select r.id, r.type, r.fhir_id, r.version, r.change, r.last_updated, r.body
            from unnest(?::smallint[], ?::text[]) as k(type, fhir_id)
            join resource r on r.type = k.type and r.fhir_id = k.fhir_id""";
    private static final String REFERRERS = """
            select distinct r.type, r.fhir_id from (
              select f.resource_id from search_reference f where f.target = any(?)
              union all
              select p.id from resource p where p.patient = any(?)) as f(id)
            join resource r on r.id = f.id
            where r.change in (1, 2) and not r.id = any(?)
              and not exists (
                select 1 from unnest(?::bigint[], ?::bigint[]) as k(value_hash, token_hash)
                join search_token t on t.value_hash = k.value_hash and t.token_hash = k.token_hash
                where t.resource_id = r.id)
            limit ?""";

    private final Db db;
    private final TypeIds types;
    private final BodyCodec codec;
    private final PgResourceWriter writer;
    private final PgHistory history;
    /** The tokens by which records that the server keeps are told: value hashes and token hashes. */
    private final long[] keptValues;

    private final long[] keptTokens;

    /** Guarded by this; the numbers of the current block that were not given out yet. */
    private long nextSurrogate;

    private long endOfBlock;

    public PgResourceStore(
            Db db, TypeIds types, BodyCodec codec, SearchParameters parameters, PgResourceWriter writer) {
        this.db = db;
        this.types = types;
        this.codec = codec;
        this.writer = writer;
        this.history = new PgHistory(db, types, codec);
        RecordKind[] kinds = RecordKind.values();
        this.keptValues = Stream.of(kinds)
                .mapToLong(kind ->
                        IndexKeys.value(Objects.requireNonNull(parameters.find(kind.type(), "_tag")), kind.code()))
                .toArray();
        this.keptTokens = Stream.of(kinds)
                .mapToLong(kind -> IndexKeys.token(RecordKind.SYSTEM, kind.code()))
                .toArray();
    }

    @Override
    public @Nullable StoredVersion read(ResourceKey key) {
        return one(key, Sql.of(READ, types.id(key.type()), key.id()));
    }

    @Override
    public @Nullable StoredVersion readVersion(ResourceKey key, int version) {
        short type = types.id(key.type());
        return one(key, Sql.of(READ_VERSION, type, key.id(), version, type, key.id(), version));
    }

    private @Nullable StoredVersion one(ResourceKey key, Sql sql) {
        Optional<StoredVersion> found = db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                if (!row.next() || row.getInt(2) == 0) {
                    return Optional.empty();
                }
                return Optional.of(
                        version(key, row.getLong(1), row.getInt(2), row.getInt(3), instant(row, 4), row.getBytes(5)));
            }
        });
        return found.orElse(null);
    }

    private StoredVersion version(
            ResourceKey key, long surrogate, int version, int change, Instant lastUpdated, byte @Nullable [] body) {
        return new StoredVersion(
                key,
                surrogate,
                version,
                lastUpdated,
                Change.of(change),
                body == null ? new byte[0] : codec.decode(body));
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public HistoryPage history(HistoryQuery query, AnswerRoom room) {
        return history.page(query, room);
    }

    @Override
    public long historySize(HistoryQuery query) {
        return history.size(query);
    }

    @Override
    public List<StoredVersion> list(String type, int limit) {
        return db.query(connection -> {
            try (PreparedStatement statement =
                            Sql.of(LIST, types.id(type), limit).prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<StoredVersion> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(row(rows));
                }
                return all;
            }
        });
    }

    /** Columns: id, type, fhir_id, version, change, last_updated, body. */
    private StoredVersion row(ResultSet row) throws SQLException {
        ResourceKey key = new ResourceKey(types.name(row.getShort(2)), row.getString(3));
        return version(key, row.getLong(1), row.getInt(4), row.getInt(5), instant(row, 6), row.getBytes(7));
    }

    @Override
    public Map<ResourceKey, StoredVersion> lockAndLookUp(
            Collection<String> exclusive, Collection<String> shared, Collection<ResourceKey> keys) {
        Sql sql = lock(exclusive, shared);
        boolean locks = !sql.isEmpty();
        if (!keys.isEmpty()) {
            sql = sql.plus(locks ? ";\n" : "").plus(lookUp(keys));
        }
        Sql both = sql;
        return both.isEmpty() ? Map.of() : db.query(connection -> found(connection, both, locks, !keys.isEmpty()));
    }

    @Override
    public void lockEverything() {
        db.query(connection ->
                found(connection, Sql.of(LOCK, new long[] {EVERYTHING}, new boolean[] {true}), true, false));
    }

    private Map<ResourceKey, StoredVersion> found(Connection connection, Sql sql, boolean locks, boolean keys)
            throws SQLException {
        Map<ResourceKey, StoredVersion> found = new HashMap<>();
        try (PreparedStatement statement = sql.prepare(connection)) {
            statement.execute();
            if (locks) {
                statement.getMoreResults();
            }
            if (keys) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        StoredVersion version = row(rows);
                        found.put(version.key(), version);
                    }
                }
            }
        }
        return found;
    }

    /** Locks in ascending order of their hashes, the same for every writer: no two writers can wait for each other. */
    private static Sql lock(Collection<String> exclusive, Collection<String> shared) {
        if (exclusive.isEmpty() && shared.isEmpty()) {
            return Sql.EMPTY;
        }
        TreeMap<Long, Boolean> locks = new TreeMap<>();
        locks.put(EVERYTHING, false);
        shared.forEach(name -> locks.put(lockNumber(name), false));
        exclusive.forEach(name -> locks.put(lockNumber(name), true));
        boolean[] modes = new boolean[locks.size()];
        int at = 0;
        for (boolean mode : locks.values()) {
            modes[at++] = mode;
        }
        return Sql.of(LOCK, locks.keySet().stream().mapToLong(Long::longValue).toArray(), modes);
    }

    /** Positive, so that EVERYTHING is the first lock that everyone takes. */
    private static long lockNumber(String name) {
        return (IndexKeys.text(name) >>> 1) | 1;
    }

    @Override
    public boolean tryLockShared(Collection<String> names) {
        long[] numbers = names.stream().mapToLong(PgResourceStore::lockNumber).toArray();
        return taken(Sql.of(TRY_LOCK_SHARED, (Object) numbers));
    }

    @Override
    public boolean tryLock(String name) {
        return taken(Sql.of(TRY_LOCK, EVERYTHING, lockNumber(name)));
    }

    private boolean taken(Sql locks) {
        return db.query(connection -> {
            try (PreparedStatement statement = locks.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    private Sql lookUp(Collection<ResourceKey> keys) {
        short[] typeIds = new short[keys.size()];
        String[] ids = new String[keys.size()];
        int at = 0;
        for (ResourceKey key : keys) {
            typeIds[at] = types.id(key.type());
            ids[at++] = key.id();
        }
        return Sql.of(LOOK_UP, typeIds, ids);
    }

    @Override
    public synchronized long nextSurrogate() {
        if (nextSurrogate == endOfBlock) {
            long block = nextBlock();
            // A database that crashed may not remember a block that no committed transaction used.
            while (block < endOfBlock) {
                block = nextBlock();
            }
            nextSurrogate = block;
            endOfBlock = nextSurrogate + SURROGATE_BLOCK;
        }
        return nextSurrogate++;
    }

    private long nextBlock() {
        return db.query(connection -> {
            try (PreparedStatement statement =
                            Sql.of("select nextval('resource_surrogate')").prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Override
    public void write(List<ResourceChange> changes, Map<ResourceKey, Long> surrogates) {
        writer.write(changes, surrogates);
    }

    @Override
    public List<ResourceKey> referrers(Collection<Long> surrogates, int limit) {
        long[] numbers = surrogates.stream().mapToLong(Long::longValue).toArray();
        return db.query(connection -> {
            try (PreparedStatement statement = Sql.of(
                                    REFERRERS, numbers, numbers, numbers, keptValues, keptTokens, limit)
                            .prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<ResourceKey> keys = new ArrayList<>();
                while (rows.next()) {
                    keys.add(new ResourceKey(types.name(rows.getShort(1)), rows.getString(2)));
                }
                return keys;
            }
        });
    }
}
