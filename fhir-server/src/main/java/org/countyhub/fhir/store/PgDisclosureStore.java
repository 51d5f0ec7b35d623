package org.countyhub.fhir.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.countyhub.fhir.disclosure.Disclosure;
import org.countyhub.fhir.disclosure.DisclosureStore;
import org.countyhub.fhir.disclosure.Receiver;
import org.countyhub.fhir.disclosure.Requester;
import org.countyhub.fhir.disclosure.WrongPerson;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.store.sql.IndexKeys;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Disclosures in the table {@code disclosure} and its parts, one for each month in UTC. */
public final class PgDisclosureStore implements DisclosureStore {
    private static final String COPY =
            "copy disclosure (at, kind, person, subjects, requester, organization, address) from stdin";

    private static final String NUMBERS = """
            select r.type, r.fhir_id, r.id from unnest(?::smallint[], ?::text[]) as k(type, fhir_id)
            join resource r on r.type = k.type and r.fhir_id = k.fhir_id""";
    private static final String PATIENTS = """
            select r.id, p.id from unnest(?::bigint[]) as k(id)
            join resource r on r.id = k.id
            cross join lateral unnest(r.edge_targets) as e(target)
            join resource p on p.id = e.target and p.type = ?""";
    /**
     * The end is no instant: an answer may be on its way while the patients are told apart. So a minute longer, which is
     * what a statement may take, counts what was asked of that person by name.
     */
    private static final String RECEIVERS = """
            select d.organization, d.requester, case when d.organization is null then host(d.address) end,
              min(d.at), max(d.at), count(*)
            from disclosure d
            where d.subjects && ? and d.at >= ? and d.at < ?::timestamptz + interval '1 minute'
              and (d.at < ? or d.person = ?)
              and d.subjects && ?
              and exists (
                select 1 from unnest(?::bigint[], ?::bigint[]) as w(subject, since)
                where w.subject = any(d.subjects) and d.at >= timestamptz 'epoch' + w.since * interval '1 microsecond')
            group by 1, 2, 3 order by 1, 2, 3 limit ?""";

    private static final String PARTS = """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'disclosure'::regclass order by c.relname""";

    private static final String PART = "disclosure_";

    private final Db db;
    private final Db own;
    private final TypeIds types;
    private final Set<YearMonth> months = ConcurrentHashMap.newKeySet();

    /** @param own a pool of its own, so that the record never waits for the requests it is about */
    public PgDisclosureStore(Db db, Db own, TypeIds types) {
        this.db = db;
        this.own = own;
        this.types = types;
    }

    @Override
    public void keep(List<Kept> lines) {
        lines.stream()
                .map(line -> month(line.at()))
                .distinct()
                .filter(month -> !months.contains(month))
                .forEach(this::addPart);
        own.transaction(() -> {
            Map<ResourceKey, Long> numbers = numbers(lines);
            Map<Long, Set<Long>> patients = patients(lines);
            byte[] rows = rows(lines, numbers, patients).getBytes(StandardCharsets.UTF_8);
            return own.query(connection -> {
                try {
                    return connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(COPY, new ByteArrayInputStream(rows));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        });
    }

    /** The lines in the text format of COPY: columns between tabs, {@code \N} where there is nothing. */
    private static String rows(List<Kept> lines, Map<ResourceKey, Long> numbers, Map<Long, Set<Long>> patients) {
        StringBuilder rows = new StringBuilder(lines.size() * 120);
        for (Kept line : lines) {
            Disclosure what = line.what();
            rows.append(line.at()).append('\t').append(what.kind().number()).append('\t');
            column(rows, person(what, numbers));
            subjects(rows, what, numbers, patients);
            column(rows, line.by().who());
            column(rows, line.by().organization());
            rows.append(line.address()).append('\n');
        }
        return rows.toString();
    }

    private static @Nullable Long person(Disclosure what, Map<ResourceKey, Long> numbers) {
        if (what.person() != 0) {
            return what.person();
        }
        return what.personKey() == null ? null : numbers.get(what.personKey());
    }

    /** What separates columns and rows is no part of a name or a reference; a backslash may be one of a name. */
    private static void column(StringBuilder rows, @Nullable Object value) {
        rows.append(value == null ? "\\N" : value.toString().replace("\\", "\\\\"))
                .append('\t');
    }

    private static void subjects(
            StringBuilder rows, Disclosure what, Map<ResourceKey, Long> numbers, Map<Long, Set<Long>> patientsOf) {
        Set<Long> subjects = new TreeSet<>(what.patients());
        what.patientKeys().forEach(key -> {
            Long number = numbers.get(key);
            if (number != null) {
                subjects.add(number);
            }
        });
        what.records().forEach(record -> subjects.addAll(patientsOf.getOrDefault(record, Set.of())));
        what.codes().forEach(code -> subjects.add(code(code)));
        rows.append('{');
        String separator = "";
        for (long subject : subjects) {
            rows.append(separator).append(subject);
            separator = ",";
        }
        rows.append("}\t");
    }

    /** Negative, where the numbers of resources are positive. */
    private static long code(String code) {
        return IndexKeys.text(code) | Long.MIN_VALUE;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** The numbers of what is known by its key alone. */
    private Map<ResourceKey, Long> numbers(List<Kept> lines) {
        Set<ResourceKey> keys = new LinkedHashSet<>();
        lines.forEach(line -> {
            keys.addAll(line.what().patientKeys());
            ResourceKey person = line.what().personKey();
            if (line.what().person() == 0 && person != null) {
                keys.add(person);
            }
        });
        Map<ResourceKey, Long> numbers = new HashMap<>();
        if (keys.isEmpty()) {
            return numbers;
        }
        Longs typeIds = new Longs();
        keys.forEach(key -> typeIds.add(types.id(key.type())));
        String[] ids = keys.stream().map(ResourceKey::id).toArray(String[]::new);
        return own.query(connection -> {
            try (PreparedStatement statement =
                            Sql.of(NUMBERS, typeIds.toShorts(), ids).prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.put(new ResourceKey(types.name(rows.getShort(1)), rows.getString(2)), rows.getLong(3));
                }
                return numbers;
            }
        });
    }

    /** The patients of records that may be of several. */
    private Map<Long, Set<Long>> patients(List<Kept> lines) {
        Set<Long> records = new LinkedHashSet<>();
        lines.forEach(line -> records.addAll(line.what().records()));
        Map<Long, Set<Long>> patients = new HashMap<>();
        if (records.isEmpty()) {
            return patients;
        }
        return own.query(connection -> {
            try (PreparedStatement statement = Sql.of(PATIENTS, longs(records), types.id("Patient"))
                            .prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    patients.computeIfAbsent(rows.getLong(1), record -> new HashSet<>())
                            .add(rows.getLong(2));
                }
                return patients;
            }
        });
    }

    @Override
    public List<Receiver> receivers(WrongPerson wrong) {
        Map<Long, Instant> since = new HashMap<>(wrong.since());
        wrong.codes().forEach((code, from) -> since.put(code(code), from));
        Set<Long> members = new HashSet<>(wrong.since().keySet());
        members.addAll(wrong.others());
        Instant first = since.values().stream().min(Instant::compareTo).orElse(wrong.until());
        Sql sql = Sql.of(
                RECEIVERS,
                longs(since.keySet()),
                first,
                wrong.until(),
                wrong.until(),
                wrong.person(),
                longs(members),
                longs(since.keySet()),
                longs(since.values().stream().map(PgDisclosureStore::micros).toList()),
                MOST_RECEIVERS);
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<Receiver> receivers = new ArrayList<>();
                while (rows.next()) {
                    String organization = rows.getString(1);
                    receivers.add(new Receiver(
                            new Requester(
                                    rows.getString(2),
                                    organization == null ? null : ResourceKey.ofReference(organization)),
                            rows.getString(3),
                            PgResourceStore.instant(rows, 4),
                            PgResourceStore.instant(rows, 5),
                            rows.getLong(6)));
                }
                return receivers;
            }
        });
    }

    private static long[] longs(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private static String part(YearMonth month) {
        return PART + month.toString().replace("-", "");
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    private void addPart(YearMonth month) {
        execute("create table if not exists " + part(month) + " partition of disclosure for values from ('" + month
                + "-01 00:00:00+00') to ('" + month.plusMonths(1) + "-01 00:00:00+00')");
        months.add(month);
    }

    @Override
    public void tend(Instant now, Instant oldest) {
        List<String> parts = own.query(connection -> {
            try (PreparedStatement statement = Sql.of(PARTS).prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        });
        for (String part : parts) {
            if (part.compareTo(part(month(oldest))) < 0) {
                execute("drop table if exists " + part);
            } else if (part.compareTo(part(month(now))) < 0) {
                execute("set local statement_timeout = 0;\ncreate index if not exists " + part + "_by_subject on "
                        + part + " using gin (subjects)");
            }
        }
    }

    private void execute(String statement) {
        own.transaction(() -> own.query(connection -> {
            try (PreparedStatement prepared = Sql.of(statement).prepare(connection)) {
                return prepared.execute();
            }
        }));
    }
}
