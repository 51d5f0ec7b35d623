package org.countyhub.fhir.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.countyhub.fhir.identity.estimate.Estimation;
import org.countyhub.fhir.identity.estimate.ModelStore;
import org.countyhub.fhir.identity.estimate.PatientSource;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.ModelJson;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/** Estimations in the table {@code match_model}, and the patients that they are made of. */
public final class PgModelStore implements ModelStore, PatientSource {
    static final String CHANNEL = "match_model";

    private static final String COLUMNS = """
            select version, estimated, patients, compared, named, random_pairs, blocked_pairs, matches, rounds, refused, model
            from match_model""";
    private static final String IN_FORCE = COLUMNS + " where refused is null order by version desc limit 1";
    private static final String LATEST = COLUMNS + " order by version desc limit 1";
    private static final String FIND = COLUMNS + " where version = ?";
    private static final String KEEP = """
            insert into match_model
              (version, estimated, patients, compared, named, random_pairs, blocked_pairs, matches, rounds, refused, model)
            select coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from match_model
            returning version""";
    private static final String ANNOUNCE = "select pg_notify(?, ?)";
    /** Of two numbers, which are another kind of lock than the one number of those on resources. */
    private static final String TRY_LOCK = "select pg_try_advisory_lock(3, 1)";

    private static final String UNLOCK = "select pg_advisory_unlock(3, 1)";

    private static final String COUNT = "select count(*) from person_link";
    private static final String DRAW = """
            select l.patient from person_link l where hashint8extended(l.patient, 3) <= ?
            order by hashint8extended(l.patient, 3), l.patient limit ?""";
    private static final String READ = """
            select r.id, r.type, r.fhir_id, r.version, r.change, r.last_updated, r.body
            from unnest(?::bigint[]) as w(id) join resource r on r.id = w.id where r.change in (1, 2)""";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Db db;
    private final TypeIds types;
    private final BodyCodec codec;

    public PgModelStore(Db db, TypeIds types, BodyCodec codec) {
        this.db = db;
        this.types = types;
        this.codec = codec;
    }

    @Override
    public @Nullable Estimation inForce() {
        return one(Sql.of(IN_FORCE));
    }

    @Override
    public @Nullable Estimation latest() {
        return one(Sql.of(LATEST));
    }

    @Override
    public @Nullable Estimation find(int version) {
        return one(Sql.of(FIND, version));
    }

    private @Nullable Estimation one(Sql sql) {
        Optional<Estimation> found = db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(estimation(row)) : Optional.empty();
            }
        });
        return found.orElse(null);
    }

    private static Estimation estimation(ResultSet row) throws SQLException {
        String model = row.getString(11);
        return new Estimation(
                row.getInt(1),
                PgResourceStore.instant(row, 2),
                row.getLong(3),
                row.getInt(4),
                row.getInt(5),
                row.getLong(6),
                row.getLong(7),
                row.getDouble(8),
                row.getInt(9),
                row.getString(10),
                model == null ? null : model(model));
    }

    private static MatchModel model(String json) {
        try {
            return ModelJson.read(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a model that is not JSON", e);
        }
    }

    @Override
    public int keep(Estimation estimation) {
        MatchModel model = estimation.model();
        Sql sql = Sql.of(
                KEEP,
                estimation.estimated(),
                estimation.patients(),
                estimation.compared(),
                estimation.named(),
                estimation.randomPairs(),
                estimation.blockedPairs(),
                estimation.matches(),
                estimation.rounds(),
                estimation.refused(),
                model == null ? null : ModelJson.write(model).toString());
        return db.transaction(() -> {
            int version = (int) number(sql);
            if (estimation.refused() == null) {
                db.query(connection -> done(connection, Sql.of(ANNOUNCE, CHANNEL, Integer.toString(version))));
            }
            return version;
        });
    }

    @Override
    public boolean alone(Runnable work) {
        return db.query(connection -> {
            if (!flag(connection, Sql.of(TRY_LOCK))) {
                return false;
            }
            try {
                work.run();
            } finally {
                flag(connection, Sql.of(UNLOCK));
            }
            return true;
        });
    }

    private static boolean done(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.execute();
        }
    }

    private static boolean flag(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public long count() {
        return number(Sql.of(COUNT));
    }

    private long number(Sql sql) {
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** Sorts a few more than wanted, since a share of all hashes may hold fewer; the limit is what counts. */
    @Override
    public List<Long> draw(int most) {
        double share = 1.2 * (most + 100) / Math.max(1, count());
        // Beyond the greatest number where the share is all.
        long greatest = (long) (Long.MIN_VALUE + share * 0x1p64);
        return db.query(connection -> {
            try (PreparedStatement statement = Sql.of(DRAW, greatest, most).prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<Long> numbers = new ArrayList<>();
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
                return numbers;
            }
        });
    }

    @Override
    public List<StoredVersion> read(Collection<Long> patients) {
        long[] numbers = patients.stream().mapToLong(Long::longValue).toArray();
        return db.query(connection -> {
            try (PreparedStatement statement = Sql.of(READ, (Object) numbers).prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<StoredVersion> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(PgPersonStore.version(rows, 1, types, codec));
                }
                return found;
            }
        });
    }
}
