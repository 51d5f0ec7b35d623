package org.countyhub.imaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.quarantine.QuarantineService;
import org.countyhub.imaging.store.Database;
import org.countyhub.imaging.store.FileBlobs;
import org.countyhub.imaging.store.PgLifecycleStore;
import org.countyhub.imaging.store.PgQuarantineStore;
import org.countyhub.imaging.store.PgQueryStore;
import org.countyhub.imaging.store.PgStudyStore;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.InstanceReader;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.lifecycle.StudyDecisions;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.TestDatabase;

/** The rooms of the bridge behind its edges, on a database and a directory of their own. */
public final class Bridge implements AutoCloseable {
    public static final Source HAIDU = new Source(
            "haidu",
            "Organization/haidu",
            "https://his.haidu.example.org/patient",
            "https://ris.haidu.example.org/accession",
            Map.of("HDHIS", "https://his.haidu.example.org/patient", "COUNTY", "https://county.example.org/card"),
            "GB18030");
    public static final Source XIAMEI = new Source(
            "xiamei",
            null,
            "https://his.xiamei.example.org/patient",
            "https://ris.xiamei.example.org/accession",
            Map.of(),
            null);
    private static final Map<String, Source> SOURCES = Map.of("haidu", HAIDU, "xiamei", XIAMEI);

    public final TestDatabase database = TestDatabase.create("imaging", Database::migrate);
    public final com.zaxxer.hikari.HikariDataSource pool = Database.pool(database.settings(), 8, 30_000);
    public final Db db = new Db(pool);
    public final PgStudyStore studies = new PgStudyStore(db, SOURCES::get);
    public final PgQueryStore queries = new PgQueryStore(db);
    public final PgQuarantineStore queue = new PgQuarantineStore(db);
    public final Path directory;
    public final FileBlobs blobs;
    public final Ingest ingest;
    public final QuarantineService quarantine;
    public final StudyDecisions decisions = new StudyDecisions(db, new PgLifecycleStore(db), Clock.systemUTC());

    public Bridge() {
        try {
            directory = Files.createTempDirectory("hub-imaging-test");
            blobs = new FileBlobs(directory, 0, Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        InstanceReader reader = new InstanceReader(blobs);
        ingest = new Ingest(studies, blobs, reader, Clock.systemUTC());
        quarantine = new QuarantineService(db, queue, studies, blobs, reader, SOURCES::get, Clock.systemUTC());
    }

    /** Stores a file as that source would send it. */
    public StoreOutcome store(Source source, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Part10.FileMeta meta = Part10.read(in);
            return outcome(source, meta, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores a data set in explicit little endian. */
    public StoreOutcome store(Source source, Dataset dataset) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DatasetWriter.write(dataset, out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
            return outcome(
                    source,
                    new Part10.FileMeta(
                            TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                            dataset.string(Tag.SOPClassUID, ""),
                            dataset.string(Tag.SOPInstanceUID, "1.2.3")),
                    new ByteArrayInputStream(out.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StoreOutcome outcome(Source source, Part10.FileMeta meta, InputStream in) throws IOException {
        try {
            return ingest.store(new Sender(source, "TEST", "127.0.0.1"), meta, in)
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many files there are. */
    public long files() {
        try (var all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        ingest.close();
        pool.close();
        database.close();
        try (var all = Files.walk(directory)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
