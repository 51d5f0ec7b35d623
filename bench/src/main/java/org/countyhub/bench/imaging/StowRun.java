package org.countyhub.bench.imaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.countyhub.bench.dicom.Multipart;
import org.countyhub.bench.load.CpuMeter;
import org.countyhub.bench.load.HttpConnection;
import org.countyhub.bench.load.Load;
import org.countyhub.bench.load.LoadFailure;
import org.countyhub.bench.load.Measurement;
import org.countyhub.bench.load.Row;

/** Sending by STOW-RS, fifty instances in a body (PS3.18 section 10.5). */
final class StowRun {
    private static final int IN_A_BODY = 50;

    private StowRun() {}

    static void run(Session session) {
        Corpus corpus = session.corpus(StoreRun.ctStudies(session, "ct-stow"));
        List<Sent> all = corpus.instances();
        int bodies = Math.ceilDiv(all.size(), IN_A_BODY);
        AtomicInteger next = new AtomicInteger();
        long[] latencies = new long[bodies];
        CpuMeter meter = session.bridge().meter();
        long start = System.nanoTime();
        Load.clients(session.bridge().web().base(), Session.CONNECTIONS, (number, connection) -> {
            for (int i = next.getAndIncrement(); i < bodies; i = next.getAndIncrement()) {
                List<Sent> body = all.subList(i * IN_A_BODY, Math.min(all.size(), (i + 1) * IN_A_BODY));
                long sent = System.nanoTime();
                post(session.bridge().web(), connection, body);
                latencies[i] = System.nanoTime() - sent;
            }
        });
        Measurement measurement = new Measurement(latencies, System.nanoTime() - start, Session.CONNECTIONS);
        session.add(Row.of(RowNames.STOW, all.size() / measurement.seconds(), "/s")
                .with(measurement.percentiles())
                .with(meter.cost(all.size()))
                .noting("%,d instances over %d connections, %,.0f MB/s; latency of a body"
                        .formatted(
                                all.size(),
                                Session.CONNECTIONS,
                                corpus.bytes() / Session.MEGABYTE / measurement.seconds())));
        session.acknowledged(corpus);
        session.share(RowNames.STOW_OF_FLOOR, RowNames.STOW, RowNames.COPY_EIGHT);
    }

    /** Stores instances; all of them must be taken. */
    static void post(DicomWeb web, HttpConnection connection, List<Sent> instances) {
        long length = Multipart.END.length;
        for (Sent sent : instances) {
            length += Multipart.PART.length + sent.bytes();
        }
        byte[] head = web.post("studies", Multipart.CONTENT_TYPE, length);
        connection.exchange(head, out -> write(instances, out));
        if (connection.status() != 200) {
            throw new LoadFailure("STOW-RS answered " + connection.status() + ", not 200:\n" + connection.bodyText());
        }
    }

    private static void write(List<Sent> instances, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (Sent sent : instances) {
            out.write(Multipart.PART);
            try (InputStream file = Files.newInputStream(sent.file())) {
                for (int read = file.read(buffer); read >= 0; read = file.read(buffer)) {
                    out.write(buffer, 0, read);
                }
            }
        }
        out.write(Multipart.END);
    }
}
