package org.countyhub.bench.imaging;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.load.LoadFailure;

/**
 * Made-up studies as files, a folder for each study.
 *
 * @param folders of the studies, in their order
 */
record Corpus(String name, List<Path> folders, List<Sent> instances) {
    private static final int SYNC_SECONDS = 300;

    /** Makes the files, and leaves the disk in peace: nothing of them is still to be written when it returns. */
    static Corpus write(Studies studies, Path directory) {
        List<Path> folders = new ArrayList<>();
        List<Sent> instances = new ArrayList<>();
        try {
            for (Studies.Study study : studies.studies()) {
                Path folder = Files.createDirectories(directory.resolve(studies.name() + "-" + folders.size()));
                folders.add(folder);
                study.stream().forEach(instance -> instances.add(write(instance, folder, instances.size())));
            }
            sync(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write studies to " + directory, e);
        }
        return new Corpus(studies.name(), List.copyOf(folders), List.copyOf(instances));
    }

    private static Sent write(Instance instance, Path folder, int number) {
        Path file = folder.resolve("%06d.dcm".formatted(number));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            instance.writeFile(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return Sent.of(instance, file, Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the kernel write what it still holds of a file system (coreutils). */
    static void sync(Path directory) {
        try {
            Process sync = new ProcessBuilder("sync", "-f", directory.toString()).start();
            if (!sync.waitFor(SYNC_SECONDS, TimeUnit.SECONDS) || sync.exitValue() != 0) {
                throw new LoadFailure("sync -f " + directory + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        }
    }

    long bytes() {
        return instances.stream().mapToLong(Sent::bytes).sum();
    }

    /** Frees the disk. */
    void delete() {
        try {
            for (Sent sent : instances) {
                Files.deleteIfExists(sent.file());
            }
            for (Path folder : folders) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
