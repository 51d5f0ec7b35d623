package org.countyhub.bench.bulk;

import java.io.Console;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.countyhub.bench.bulk.Import.Answer;
import org.countyhub.bench.bulk.Import.Refusal;
import org.countyhub.bench.bulk.Pieces.Piece;
import org.countyhub.kernel.Settings;

/**
 * Loads a file of newline-delimited JSON, plain or with gzip, into a running hub. Running it again, also after it was
 * interrupted, adds what is missing. Stops with exit status 1 when the hub cannot go on, or refused lines.
 */
public final class LoadFile {
    private static final String USAGE = "usage: load FILE.ndjson[.gz] [FHIR base URL]";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int REFUSALS_PRINTED = 20;

    private final Path file;
    private final Import hub;
    private final PrintStream out;
    private final boolean terminal;
    private long created;
    private long updated;
    private long unchanged;
    private long refused;
    private int printed;

    LoadFile(Path file, Import hub, PrintStream out, boolean terminal) {
        this.file = file;
        this.hub = hub;
        this.out = out;
        this.terminal = terminal;
    }

    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        try {
            List<String> arguments = Arrays.asList(args);
            if (arguments.isEmpty()
                    || arguments.size() > 2
                    || arguments.getFirst().startsWith("-")) {
                throw new ImportFailure(USAGE);
            }
            String base = arguments.size() == 2 ? arguments.get(1) : base(new Settings(System.getenv()));
            try (Import hub = new Import(checked(base), FIRST_PAUSE)) {
                if (!new LoadFile(Path.of(arguments.getFirst()), hub, out, terminal).run()) {
                    System.exit(1);
                }
            }
        } catch (ImportFailure e) {
            out.println(e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            out.println("The file cannot be read: " + e);
            System.exit(1);
        }
    }

    private static String base(Settings settings) {
        return "http://127.0.0.1:" + settings.number("HUB_HTTP_PORT", 8080, 1, 65_535) + "/fhir";
    }

    private static String checked(String base) {
        try {
            if (URI.create(base).getHost() != null) {
                return base.replaceAll("/+$", "");
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ImportFailure("not a URL: " + base + "\n" + USAGE);
    }

    /** Whether every line was taken. */
    boolean run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        long size = Math.max(1, Files.size(file));
        out.println("Loading " + file);
        try (Counted counted = new Counted(Files.newInputStream(file));
                InputStream lines = file.toString().endsWith(".gz") ? new GZIPInputStream(counted) : counted) {
            Pieces pieces = new Pieces(lines);
            for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
                Answer answer = hub.post(piece.bytes());
                count(answer, piece.firstLine());
                draw((double) counted.bytes / size, perSecond(start));
            }
        }
        if (terminal) {
            out.println();
        }
        out.printf(
                "%,d lines in %.1f s (%,.0f/s): %,d created, %,d updated, %,d unchanged, %,d refused%n",
                lines(), seconds(start), perSecond(start), created, updated, unchanged, refused);
        return refused == 0;
    }

    private void count(Answer answer, int firstLine) {
        created += answer.created();
        updated += answer.updated();
        unchanged += answer.unchanged();
        refused += answer.refused();
        for (Refusal refusal : answer.refusals()) {
            if (printed++ < REFUSALS_PRINTED) {
                out.println((terminal ? "\r" : "") + "line " + (firstLine - 1 + refusal.line()) + ": " + refusal.why());
            }
        }
    }

    private long lines() {
        return created + updated + unchanged + refused;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private double perSecond(long start) {
        return lines() / Math.max(seconds(start), 1e-3);
    }

    private void draw(double share, double perSecond) {
        String numbers = "%,d lines, %,.0f/s".formatted(lines(), perSecond);
        if (terminal) {
            int filled = (int) Math.min(30, Math.round(30 * share));
            out.print("\r[" + "#".repeat(filled) + " ".repeat(30 - filled) + "] " + numbers + "   ");
            out.flush();
        } else {
            out.printf("%3.0f %%, %s%n", 100 * share, numbers);
        }
    }

    /** How much of the file has been read, compressed or not. */
    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            bytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            bytes += Math.max(0, read);
            return read;
        }
    }
}
