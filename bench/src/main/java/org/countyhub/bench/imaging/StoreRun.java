package org.countyhub.bench.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.countyhub.bench.load.CpuMeter;
import org.countyhub.bench.load.LoadFailure;
import org.countyhub.bench.load.Row;

/** Sending by C-STORE, with the storescu of the DICOM toolkit of OFFIS (Debian: dcmtk): one process for each association. */
final class StoreRun {
    private static final String STORESCU = "storescu";
    private static final int MAX_MINUTES = 10;
    private static final int STUDIES = 8;
    private static final int SLICES = 125;

    private StoreRun() {}

    /** Refuses a run that could not send. */
    static void requireSender() {
        try {
            Process process = new ProcessBuilder(STORESCU, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.waitFor();
        } catch (IOException e) {
            throw new LoadFailure("there is no storescu on the PATH (Debian: apt-get install dcmtk)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        }
    }

    /** CT by one, four and eight associations, beside the floor. */
    static void ct(Session session) {
        Corpus one = session.corpus(ctStudies(session, "ct-1"));
        CopyFloor.run(session, one, RowNames.COPY_ONE, 1);
        CopyFloor.run(session, one, RowNames.COPY_EIGHT, 8);
        // The first instances of a server's life are not those that a hospital waits for.
        Corpus warmUp = session.corpus(Studies.ct("ct-warm-up", STUDIES, session.scaled(25, 2)));
        send(session, warmUp, STUDIES);
        session.acknowledged(warmUp);
        measure(session, one, RowNames.STORE_ONE, 1);
        measure(session, session.corpus(ctStudies(session, "ct-4")), RowNames.STORE_FOUR, 4);
        measure(session, session.corpus(ctStudies(session, "ct-8")), RowNames.STORE_EIGHT, 8);
        session.share(RowNames.STORE_ONE_OF_FLOOR, RowNames.STORE_ONE, RowNames.COPY_ONE);
        session.share(RowNames.STORE_EIGHT_OF_FLOOR, RowNames.STORE_EIGHT, RowNames.COPY_EIGHT);
        long bytes = session.bridge()
                .database()
                .number(
                        "select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c"
                                + " join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'imaging' and c.relkind = 'r'");
        long instances = session.stored().stream()
                .mapToLong(corpus -> corpus.instances().size())
                .sum();
        session.add(Row.of(RowNames.INDEX, bytes / 1024.0 / instances, "KB")
                .noting("tables and indexes, without the images"));
    }

    static Studies ctStudies(Session session, String name) {
        return Studies.ct(name, STUDIES, session.scaled(SLICES, 2));
    }

    /** The other kinds of images. */
    static void kinds(Session session) {
        measure(session, session.corpus(mrStudies(session)), RowNames.STORE_MR, 8);
        measure(session, session.corpus(usStudies(session)), RowNames.STORE_US, 4);
        measure(session, session.corpus(Studies.cr("cr", session.scaled(20, 2))), RowNames.STORE_CR, 4);
    }

    /** Two series of a thousand instances. */
    static Studies mrStudies(Session session) {
        return Studies.mr("mr", 2, session.scaled(1_000, 10));
    }

    static Studies usStudies(Session session) {
        return Studies.us("us", session.scaled(10, 2), session.scaled(120, 12));
    }

    private static void measure(Session session, Corpus corpus, String name, int associations) {
        CpuMeter meter = session.bridge().meter();
        double seconds = send(session, corpus, associations);
        int count = corpus.instances().size();
        session.add(Row.of(name, count / seconds, "/s")
                .with(meter.cost(count))
                .noting("%,d instances, %,.0f MB/s".formatted(count, corpus.bytes() / Session.MEGABYTE / seconds)));
        session.acknowledged(corpus);
    }

    /** Sends all of a corpus, its instances dealt out to the associations; the seconds from the first to the last byte. */
    static double send(Session session, Corpus corpus, int associations) {
        List<List<String>> commands = new ArrayList<>();
        for (List<Sent> hand : hands(corpus, associations)) {
            commands.add(command(session, hand, corpus.name() + "-" + commands.size()));
        }
        Corpus.sync(session.work());
        Path log = session.work().resolve("storescu.log");
        List<Process> running = new ArrayList<>();
        try {
            Files.writeString(log, "");
            long start = System.nanoTime();
            for (List<String> command : commands) {
                running.add(start(command, log));
            }
            for (Process process : running) {
                await(process, log);
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            running.forEach(Process::destroy);
        }
    }

    /** Whole studies where there are enough of them, else parts of the same length. */
    private static List<List<Sent>> hands(Corpus corpus, int associations) {
        List<Sent> all = corpus.instances();
        List<List<Sent>> hands = new ArrayList<>();
        for (int i = 0; i < associations; i++) {
            List<Sent> hand = all.subList(all.size() * i / associations, all.size() * (i + 1) / associations);
            if (!hand.isEmpty()) {
                hands.add(hand);
            }
        }
        return hands;
    }

    /** A folder of links for each association, because a thousand names make a long command line. */
    private static List<String> command(Session session, List<Sent> hand, String name) {
        Path folder = session.work().resolve("hands").resolve(name);
        try {
            Files.createDirectories(folder);
            for (Sent sent : hand) {
                Files.createLink(folder.resolve(sent.file().getFileName()), sent.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(
                STORESCU,
                "-aet",
                "BENCH",
                "-aec",
                Bridge.AE_TITLE,
                "-xy",
                "-R",
                "+sd",
                "127.0.0.1",
                Integer.toString(session.bridge().dicomPort()),
                folder.toString());
    }

    private static Process start(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("TCP_NODELAY", "1");
        return builder.start();
    }

    private static void await(Process process, Path log) throws IOException {
        try {
            if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
                throw new LoadFailure("storescu has not ended in " + MAX_MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        }
        String said = Files.readString(log);
        // It warns where a store is answered with a warning, and goes on.
        if (process.exitValue() != 0 || said.contains("W: ") || said.contains("E: ")) {
            throw new LoadFailure("storescu ended with " + process.exitValue() + ":\n"
                    + said.substring(0, Math.min(said.length(), 2_000)));
        }
    }
}
