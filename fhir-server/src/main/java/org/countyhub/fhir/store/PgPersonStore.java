package org.countyhub.fhir.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.DemographicsCodec;
import org.countyhub.fhir.identity.link.Assurance;
import org.countyhub.fhir.identity.link.PersonStore;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.store.sql.IndexKeys;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/** Links in the tables {@code person_link} and {@code person_key}. */
public final class PgPersonStore implements PersonStore {
    private static final int MAX_PERSONS_OF_A_CODE = 20;
    /** A message has at most 8,000 bytes, and a number up to 19 digits. */
    private static final int PERSONS_OF_A_MESSAGE = 300;
    /** More keys than these, and the transaction keeps out all others that link. */
    private static final int MOST_KEYS_LOCKED = 300;

    /** The first of the locks on keys. */
    private static final long ALL_KEYS = Long.MIN_VALUE;

    private static final String LOCK_ALL = "select pg_advisory_xact_lock(?::bigint)";
    private static final String SHARE_ALL = "select pg_advisory_xact_lock_shared(?::bigint)";
    /** The lock on a person is another one than that on the resource, and is always taken after it. */
    private static final String LOCK = """
            select count(*) from (
              select pg_advisory_xact_lock(k.hash) from unnest(?::bigint[]) as k(hash) offset 0) as locks""";

    private static final String PERSONS_AND_PATIENTS = """
            select p.id, p.type, p.fhir_id, p.version, p.change, p.last_updated, p.body,
              r.id, r.type, r.fhir_id, r.version, r.change, r.last_updated, r.body, l.assurance
            from %s as w(person)
            join resource p on p.id = w.person
            left join person_link l on l.person = p.id
            left join resource r on r.id = l.patient
            order by p.id, r.id""";
    private static final String PERSONS = PERSONS_AND_PATIENTS.formatted("unnest(?::bigint[])");
    private static final String PERSONS_OF_PATIENTS =
            PERSONS_AND_PATIENTS.formatted("(select distinct o.person from person_link o where o.patient = any(?))");
    /** One more than are allowed, so that a key of too many can be told. */
    private static final String HOLDERS = """
            select w.key, k.patient
            from unnest(?::bigint[], ?::integer[]) as w(key, most)
            cross join lateral (select c.patient from person_key c where c.key = w.key limit w.most + 1) as k""";

    private static final String NUMBERS_OF_PERSONS = """
            select distinct l.person from person_link l where l.patient = any(?) order by l.person""";
    private static final String MEMBERS = """
            select m.patient, m.person, m.assurance, m.said
            from (select distinct l.person from person_link l where l.patient = any(?)) as p
            join person_link m on m.person = p.person
            order by m.person, m.patient""";
    private static final String WITH_CODE = """
            select distinct l.person
            from unnest(?::bigint[], ?::bigint[]) as k(value_hash, token_hash)
            join search_token t on t.value_hash = k.value_hash and t.token_hash = coalesce(k.token_hash, t.token_hash)
            join person_link l on l.patient = t.resource_id
            order by l.person limit ?""";
    private static final String ANNOUNCE = """
            select pg_notify(?, string_agg(p.person, ',')) from unnest(?::text[]) with ordinality as p(person, place)
            group by (p.place - 1) / ?""";
    private static final String LINKS = """
            select l.patient, l.person, l.assurance, l.said from person_link l where l.patient = any(?) order by l.patient""";
    private static final String UNLINK = "delete from person_link l where l.patient = any(?)";
    private static final String SET_LINKS = """
            insert into person_link (patient, person, assurance, said)
            select * from unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::bytea[])
            on conflict (patient) do update set person = excluded.person, assurance = excluded.assurance,
              said = coalesce(excluded.said, person_link.said)""";
    private static final String REMOVE_KEYS = """
            delete from person_key k using unnest(?::bigint[], ?::bigint[]) as d(key, patient)
            where k.key = d.key and k.patient = d.patient""";
    private static final String ADD_KEYS = """
            insert into person_key (key, patient) select * from unnest(?::bigint[], ?::bigint[]) order by 1, 2""";

    private final Db db;
    private final TypeIds types;
    private final BodyCodec codec;
    private final SearchParameter identifier;

    public PgPersonStore(Db db, TypeIds types, BodyCodec codec, SearchParameters parameters) {
        this.identifier = Objects.requireNonNull(parameters.find("Patient", "identifier"));
        this.db = db;
        this.types = types;
        this.codec = codec;
    }

    @Override
    public boolean lockKeys(Collection<Long> keys) {
        boolean all = keys.size() > MOST_KEYS_LOCKED;
        lock(all ? List.of() : keys, key -> key | ALL_KEYS, all);
        return all;
    }

    /**
     * Negative, where the locks on resources and conditions are positive. Whoever links or moves patients holds the lock
     * on all keys, shared unless it has too many keys to lock them one by one.
     */
    private void lock(Collection<Long> names, ToLongFunction<Long> number, boolean all) {
        TreeSet<Long> numbers = new TreeSet<>();
        names.forEach(name -> numbers.add(number.applyAsLong(name)));
        numbers.remove(ALL_KEYS);
        Sql sql = Sql.of(all ? LOCK_ALL : SHARE_ALL, ALL_KEYS);
        if (!numbers.isEmpty()) {
            sql = sql.plus(";\n" + LOCK, (Object) Longs.of(numbers));
        }
        Statements.run(db, List.of(sql));
    }

    @Override
    public List<StoredPerson> lockPersons(Collection<Long> persons) {
        lock(persons, person -> ~person, false);
        return persons(persons);
    }

    @Override
    public List<Holder> holders(Collection<Long> codes, Collection<Long> traits) {
        Sql sql = Sql.of(HOLDERS, keys(codes, traits), most(codes.size(), traits.size()));
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<Holder> holders = new ArrayList<>();
                while (rows.next()) {
                    holders.add(new Holder(rows.getLong(1), rows.getLong(2)));
                }
                return few(holders, codes);
            }
        });
    }

    /** Without the keys of too many; all patients of a key come one after another. */
    private static List<Holder> few(List<Holder> holders, Collection<Long> codes) {
        Set<Long> ofOne = new HashSet<>(codes);
        List<Holder> few = new ArrayList<>(holders.size());
        for (int from = 0, to; from < holders.size(); from = to) {
            long key = holders.get(from).key();
            to = from;
            while (to < holders.size() && holders.get(to).key() == key) {
                to++;
            }
            if (to - from <= (ofOne.contains(key) ? MOST_OF_A_CODE : MOST_OF_A_TRAIT)) {
                few.addAll(holders.subList(from, to));
            }
        }
        return few;
    }

    private static long[] keys(Collection<Long> codes, Collection<Long> traits) {
        return LongStream.concat(
                        codes.stream().mapToLong(Long::longValue),
                        traits.stream().mapToLong(Long::longValue))
                .toArray();
    }

    private static int[] most(int codes, int traits) {
        int[] most = new int[codes + traits];
        Arrays.fill(most, 0, codes, MOST_OF_A_CODE);
        Arrays.fill(most, codes, most.length, MOST_OF_A_TRAIT);
        return most;
    }

    @Override
    public List<Known> members(Collection<Long> patients, boolean locked) {
        Sql sql = Sql.of(MEMBERS, (Object) Longs.of(patients));
        if (locked) {
            return links(sql);
        }
        List<Long> persons = Statements.numbers(db, Sql.of(NUMBERS_OF_PERSONS, (Object) Longs.of(patients)));
        lock(persons, person -> ~person, false);
        Set<Long> locks = new HashSet<>(persons);
        List<Known> members = links(sql);
        if (!members.stream().allMatch(member -> locks.contains(member.person()))) {
            // A steward has given a patient to another person before this one was locked.
            throw Db.again("the persons that a patient is compared with have changed");
        }
        return members;
    }

    @Override
    public List<StoredPerson> persons(Collection<Long> persons) {
        return persons(Sql.of(PERSONS, (Object) Longs.of(persons)));
    }

    @Override
    public List<StoredPerson> personsOf(Collection<Long> patients) {
        return persons(Sql.of(PERSONS_OF_PATIENTS, (Object) Longs.of(patients)));
    }

    private List<StoredPerson> persons(Sql sql) {
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                return persons(rows);
            }
        });
    }

    private List<StoredPerson> persons(ResultSet rows) throws SQLException {
        List<StoredPerson> persons = new ArrayList<>();
        StoredVersion person = null;
        List<StoredMember> members = new ArrayList<>();
        while (rows.next()) {
            if (person == null || person.surrogate() != rows.getLong(1)) {
                if (person != null) {
                    persons.add(new StoredPerson(person, members));
                    members.clear();
                }
                person = version(rows, 1);
            }
            if (rows.getLong(8) != 0) {
                members.add(new StoredMember(version(rows, 8), Assurance.of(rows.getInt(15))));
            }
        }
        if (person != null) {
            persons.add(new StoredPerson(person, members));
        }
        return persons;
    }

    /** Columns from {@code first}: id, type, fhir_id, version, change, last_updated, body. */
    private StoredVersion version(ResultSet rows, int first) throws SQLException {
        return version(rows, first, types, codec);
    }

    static StoredVersion version(ResultSet rows, int first, TypeIds types, BodyCodec codec) throws SQLException {
        return new StoredVersion(
                new ResourceKey(types.name(rows.getShort(first + 1)), rows.getString(first + 2)),
                rows.getLong(first),
                rows.getInt(first + 3),
                PgResourceStore.instant(rows, first + 5),
                Change.of(rows.getInt(first + 4)),
                codec.decode(rows.getBytes(first + 6)));
    }

    @Override
    public List<Long> withCode(Collection<Code> codes) {
        Sql sql = Sql.of(
                WITH_CODE,
                codes.stream()
                        .mapToLong(code -> IndexKeys.value(identifier, code.value()))
                        .toArray(),
                codes.stream()
                        .map(code -> code.system() == null ? null : IndexKeys.token(code.system(), code.value()))
                        .toArray(Long[]::new),
                MAX_PERSONS_OF_A_CODE);
        return Statements.numbers(db, sql);
    }

    @Override
    public void announce(Collection<Long> persons) {
        if (!persons.isEmpty()) {
            Statements.run(
                    db,
                    List.of(Sql.of(
                            ANNOUNCE,
                            PersonNews.CHANNEL,
                            persons.stream().map(String::valueOf).toArray(String[]::new),
                            PERSONS_OF_A_MESSAGE)));
        }
    }

    @Override
    public List<Known> links(Collection<Long> patients) {
        return links(Sql.of(LINKS, (Object) Longs.of(patients)));
    }

    /** Columns: patient, person, assurance, said. */
    private List<Known> links(Sql sql) {
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<Known> links = new ArrayList<>();
                while (rows.next()) {
                    links.add(new Known(
                            rows.getLong(1),
                            rows.getLong(2),
                            Assurance.of(rows.getInt(3)),
                            DemographicsCodec.decode(rows.getBytes(4))));
                }
                return links;
            }
        });
    }

    @Override
    public void write(
            Collection<Link> links, Collection<Long> unlinked, Collection<KeyOf> added, Collection<KeyOf> removed) {
        List<Sql> statements = new ArrayList<>();
        if (!unlinked.isEmpty()) {
            statements.add(Sql.of(UNLINK, (Object) Longs.of(unlinked)));
        }
        if (!links.isEmpty()) {
            short[] assurances = new short[links.size()];
            int at = 0;
            for (Link link : links) {
                assurances[at++] = (short) link.assurance().level();
            }
            statements.add(Sql.of(
                    SET_LINKS,
                    links.stream().mapToLong(Link::patient).toArray(),
                    links.stream().mapToLong(Link::person).toArray(),
                    assurances,
                    links.stream().map(PgPersonStore::said).toArray(byte[][]::new)));
        }
        addKeys(statements, REMOVE_KEYS, removed);
        addKeys(statements, ADD_KEYS, added);
        Statements.run(db, statements);
    }

    private static byte @Nullable [] said(Link link) {
        Demographics said = link.said();
        return said == null ? null : DemographicsCodec.encode(said);
    }

    private static void addKeys(List<Sql> statements, String statement, Collection<KeyOf> keys) {
        if (!keys.isEmpty()) {
            statements.add(Sql.of(
                    statement,
                    keys.stream().mapToLong(KeyOf::key).toArray(),
                    keys.stream().mapToLong(KeyOf::patient).toArray()));
        }
    }
}
