package org.countyhub.bench.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.bench.bulk.Import;
import org.countyhub.bench.bulk.Pieces;
import org.countyhub.bench.bulk.Pieces.Piece;
import org.countyhub.bench.county.County;
import org.countyhub.bench.county.Directory;
import org.countyhub.bench.county.Hospital;
import org.countyhub.bench.county.PatientLines;
import org.countyhub.bench.county.Person;
import org.countyhub.bench.county.Registration;

/**
 * The initial load: the records of a made-up county, hospital after hospital, so that most people come again under other
 * cards, through {@code $import}. Whom the server took for one person is held against who is.
 */
final class BulkLoad {
    private static final long SEED = 1;
    private static final int RECORDS_AT_SCALE_ONE = 200_000;
    private static final double RECORDS_A_PERSON = 1.6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final String MEMBERS = """
            select l.person, r.fhir_id from person_link l join resource r on r.id = l.patient order by l.person""";

    private final Session session;
    private final List<Double> rates = new ArrayList<>();
    private final Map<String, Person> truth = new HashMap<>();
    private final String base;
    private final int records;

    private BulkLoad(Session session) {
        this.session = session;
        this.base = "http://" + session.base().host() + ":" + session.base().port()
                + session.base().path();
        this.records = session.bulkRecords(RECORDS_AT_SCALE_ONE);
    }

    /** Loads, and adds the rows. */
    static void run(Session session) {
        new BulkLoad(session).run();
    }

    private void run() {
        try (TemporaryDirectory directory = TemporaryDirectory.create("hub-bulk")) {
            Path file = directory.path().resolve("patients.ndjson");
            County county = County.of(SEED, Math.max(1, (int) (records / RECORDS_A_PERSON)));
            write(county, file);
            try (HttpConnection connection = new HttpConnection(session.base())) {
                connection.expect(
                        session.base().post("", Directory.bundle(county).toString()), 200);
            }
            Session.Costed run = session.costed(() -> load(file));
            Measurement measurement = run.measurement();
            session.add(Row.of(RowNames.BULK, measurement.perSecond(), "records/s")
                    .with(run.cost())
                    .noting("%,d records; %,.0f/s in the first tenth, %,.0f/s in the last"
                            .formatted(measurement.sent(), tenth(0), tenth(rates.size() - 1))));
            session.database().ifPresent(this::compare);
            PersonQueries.run(session, county.persons());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double tenth(int piece) {
        int width = Math.max(1, rates.size() / 10);
        int from = Math.max(0, Math.min(piece, rates.size() - width));
        return rates.subList(from, from + width).stream()
                .mapToDouble(rate -> rate)
                .average()
                .orElse(0);
    }

    private void write(County county, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Hospital hospital : county.hospitals()) {
                for (Person person : county.persons()) {
                    for (Registration registration : person.registrations()) {
                        if (registration.hospital().equals(hospital)) {
                            out.write(PatientLines.line(person, registration));
                            out.newLine();
                            truth.put(PatientLines.id(registration), person);
                        }
                    }
                }
            }
        }
    }

    private Measurement load(Path file) {
        long start = System.nanoTime();
        long[] latencies = new long[truth.size()];
        int sent = 0;
        try (Import hub = new Import(base, FIRST_PAUSE);
                InputStream in = Files.newInputStream(file)) {
            Pieces pieces = new Pieces(in);
            for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
                long from = System.nanoTime();
                Import.Answer answer = hub.post(piece.bytes());
                if (answer.refused() > 0) {
                    throw new LoadFailure("refused: " + answer.refusals().getFirst());
                }
                long took = System.nanoTime() - from;
                rates.add(piece.lines() * 1e9 / took);
                for (int i = 0; i < piece.lines(); i++) {
                    latencies[sent++] = took / piece.lines();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted");
        }
        return new Measurement(latencies, System.nanoTime() - start, 1);
    }

    /** Persons made, and whom they hold together. */
    private void compare(Database database) {
        Map<Long, Set<Person>> persons = new HashMap<>();
        int linked = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(MEMBERS)) {
            while (rows.next()) {
                Person person = truth.get(rows.getString(2));
                if (person != null) {
                    persons.computeIfAbsent(rows.getLong(1), key -> new HashSet<>())
                            .add(person);
                    linked++;
                }
            }
        } catch (SQLException e) {
            session.add(Row.notOffered(RowNames.BULK_PERSONS, "persons", "no table person_link"));
            return;
        }
        double mixed = (double)
                persons.values().stream().filter(people -> people.size() > 1).count();
        double twins =
                (double) persons.values().stream().filter(BulkLoad::holdsTwins).count();
        session.add(Row.of(RowNames.BULK_PERSONS, persons.size(), "persons")
                .noting("of %,d people with %,d records"
                        .formatted(new HashSet<>(truth.values()).size(), truth.size())));
        session.add(Row.of(RowNames.BULK_LINKS, linked - persons.size(), "links")
                .noting("records that were found to be someone's"));
        session.add(Row.of(RowNames.BULK_UNLINKED, truth.size() - linked, "records"));
        session.add(Row.of(RowNames.BULK_MIXED, mixed, "persons").noting("two people or more taken for one"));
        session.add(Row.of(RowNames.BULK_TWINS, twins, "persons"));
    }

    private static boolean holdsTwins(Set<Person> people) {
        for (Person one : people) {
            for (Person other : people) {
                boolean twins = !one.equals(other)
                        && one.mother() != null
                        && one.mother().equals(other.mother())
                        && one.birthDate().equals(other.birthDate());
                if (twins) {
                    return true;
                }
            }
        }
        return false;
    }
}
