package org.countyhub.bench.imaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.countyhub.bench.load.CpuMeter;
import org.countyhub.bench.load.HttpConnection;
import org.countyhub.bench.load.Load;
import org.countyhub.bench.load.LoadFailure;
import org.countyhub.bench.load.Measurement;
import org.countyhub.bench.load.Percentiles;
import org.countyhub.bench.load.Row;

/** The headers of a series of a thousand instances (PS3.18 section 10.4.1.1.2), which is what a viewer asks for first. */
final class MetadataRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OTHERS = 50;
    private static final String GZIP = "Accept-Encoding: gzip";

    private MetadataRun() {}

    /**
     * After a restart: the server is made warm with other series, so that what is cold is the series and not the server. Must come
     * first after the restart.
     */
    static void cold(Session session, boolean dropped, Corpus series, Corpus others) {
        DicomWeb web = session.bridge().web();
        try (HttpConnection connection = new HttpConnection(web.base())) {
            for (int i = 0; i < OTHERS; i++) {
                Sent other = others.instances().get(i * 97 % others.instances().size());
                ask(connection, web.get(path(other), DicomWeb.JSON, GZIP));
            }
            // The last study of the corpus: warm() asks for the first.
            Sent one = series.instances().getLast();
            byte[] request = web.get(path(one), DicomWeb.JSON, GZIP);
            long start = System.nanoTime();
            ask(connection, request);
            double millis = (System.nanoTime() - start) / 1e6;
            int count = count(connection, true);
            session.add(Row.of(RowNames.METADATA_COLD, millis, "ms")
                    .noting("%,d instances, %,.0f KB; the page cache was %s; %d other series before it"
                            .formatted(
                                    require(count, series, one),
                                    connection.bodyLength() / 1024.0,
                                    dropped ? "dropped" : "not dropped, which needs root",
                                    OTHERS)));
        }
    }

    /** Again and again, as a median. */
    static void warm(Session session, Corpus series) {
        Sent one = series.instances().getFirst();
        DicomWeb web = session.bridge().web();
        measure(session, RowNames.METADATA_WARM, web.get(path(one), DicomWeb.JSON, GZIP), true, series, one);
        measure(session, RowNames.METADATA_PLAIN, web.get(path(one), DicomWeb.JSON), false, series, one);
    }

    private static void measure(
            Session session, String name, byte[] request, boolean compressed, Corpus series, Sent one) {
        DicomWeb web = session.bridge().web();
        int count;
        int length;
        try (HttpConnection connection = new HttpConnection(web.base())) {
            ask(connection, request);
            count = require(count(connection, compressed), series, one);
            length = connection.bodyLength();
        }
        Load.send(web.base(), 1, session.volume(100, 20), index -> request);
        CpuMeter meter = session.bridge().meter();
        Measurement measurement = Load.send(web.base(), 1, session.volume(200, 20), index -> request);
        Percentiles percentiles = measurement.percentiles();
        session.add(Row.of(name, percentiles.p50(), "ms")
                .with(percentiles)
                .with(meter.cost(measurement.sent()))
                .noting("%,d instances, %,.0f KB".formatted(count, length / 1024.0)));
    }

    private static void ask(HttpConnection connection, byte[] request) {
        connection.exchange(request);
        Load.requireStatus(request, connection, 200);
    }

    private static String path(Sent sent) {
        return "studies/" + sent.studyUid() + "/series/" + sent.seriesUid() + "/metadata";
    }

    private static int require(int count, Corpus corpus, Sent one) {
        long expected = corpus.instances().stream()
                .filter(sent -> sent.seriesUid().equals(one.seriesUid()))
                .count();
        if (count != expected) {
            throw new LoadFailure("metadata of " + count + " instances in a series of " + expected);
        }
        return count;
    }

    private static int count(HttpConnection answer, boolean compressed) {
        byte[] body = answer.bodyCopy();
        // A server may do without compressing.
        boolean gzip = compressed && body.length > 1 && body[0] == 0x1F && body[1] == (byte) 0x8B;
        try (InputStream in =
                gzip ? new GZIPInputStream(new ByteArrayInputStream(body)) : new ByteArrayInputStream(body)) {
            return JSON.readTree(in).size();
        } catch (IOException e) {
            throw new LoadFailure("metadata that are no JSON", e);
        }
    }

    /** Has the kernel forget what it keeps of files; false where it is not ours to say. */
    static boolean dropCaches(Path work) {
        Corpus.sync(work);
        try {
            Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3");
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
