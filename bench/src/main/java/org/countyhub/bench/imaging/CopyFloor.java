package org.countyhub.bench.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.countyhub.bench.load.Load;
import org.countyhub.bench.load.Row;

/**
 * What it costs to have the same bytes safe on the same disk with nothing around it: each file copied into one of its own and forced
 * before the next, its folder as well. The files are read from the page cache, as a network delivers them.
 */
final class CopyFloor {
    private CopyFloor() {}

    static void run(Session session, Corpus corpus, String name, int threads) {
        Path directory = session.work().resolve("floor");
        AtomicInteger next = new AtomicInteger();
        try {
            Files.createDirectories(directory);
            long start = System.nanoTime();
            try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    running.add(workers.submit(() -> {
                        copy(corpus.instances(), next, directory);
                        return null;
                    }));
                }
                for (Future<?> worker : running) {
                    Load.await(worker);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            session.add(Row.of(name, corpus.instances().size() / seconds, "/s")
                    .noting("%,.0f MB/s".formatted(corpus.bytes() / Session.MEGABYTE / seconds)));
            for (int i = 0; i < corpus.instances().size(); i++) {
                Files.delete(directory.resolve(Integer.toString(i)));
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void copy(List<Sent> files, AtomicInteger next, Path directory) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
            Path copy = directory.resolve(Integer.toString(i));
            try (FileChannel from = FileChannel.open(files.get(i).file());
                    FileChannel to = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                while (from.read(buffer.clear()) >= 0) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        to.write(buffer);
                    }
                }
                to.force(true);
            }
            try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
