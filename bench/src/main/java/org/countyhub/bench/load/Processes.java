package org.countyhub.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What processes use, as Linux tells in /proc (proc(5)). */
public final class Processes {
    /** Linux reports CPU time in hundredths of a second on every supported machine (USER_HZ). */
    private static final double TICKS_PER_SECOND = 100;

    private Processes() {}

    /** CPU seconds of one process, user and system, without its children. */
    public static double cpuSeconds(long id) {
        List<String> fields = stat(id);
        return fields.isEmpty() ? 0 : ticks(fields, 11) + ticks(fields, 12);
    }

    /** CPU seconds of a process, of its living children and of those it has buried. */
    static double cpuSecondsWithChildren(long id) {
        List<String> fields = stat(id);
        if (fields.isEmpty()) {
            return 0;
        }
        double buried = ticks(fields, 13) + ticks(fields, 14);
        return cpuSeconds(id)
                + buried
                + children(id).mapToDouble(Processes::cpuSeconds).sum();
    }

    private static double ticks(List<String> fields, int index) {
        return Long.parseLong(fields.get(index)) / TICKS_PER_SECOND;
    }

    static long parent(long id) {
        List<String> fields = stat(id);
        if (fields.isEmpty()) {
            throw new LoadFailure("process " + id + " is not on this machine");
        }
        return Long.parseLong(fields.get(1));
    }

    /** The fields of /proc/id/stat from the state on; empty when the process is gone. */
    private static List<String> stat(long id) {
        String text = file(Path.of("/proc", Long.toString(id), "stat"));
        // The name stands in brackets and may itself hold spaces and brackets.
        int nameEnd = text.lastIndexOf(')');
        return nameEnd < 0
                ? List.of()
                : List.of(text.substring(nameEnd + 2).strip().split(" ", -1));
    }

    /** Resident memory now, in bytes; shared pages count in full. */
    public static long residentBytes(long id) {
        return field(Path.of("/proc", Long.toString(id), "status"), "VmRSS:");
    }

    /** The most resident memory there ever was, in bytes. */
    public static long peakResidentBytes(long id) {
        return field(Path.of("/proc", Long.toString(id), "status"), "VmHWM:");
    }

    /** Makes the most resident memory what it is now; false where Linux does not let us (proc(5), clear_refs). */
    public static boolean forgetPeak(long id) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(id), "clear_refs"), "5");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Resident memory of a process and its children, in bytes; a page shared by several counts once in all. */
    public static long proportionalBytes(long id) {
        return Stream.concat(Stream.of(id), children(id).boxed())
                .mapToLong(each -> field(Path.of("/proc", Long.toString(each), "smaps_rollup"), "Pss:"))
                .sum();
    }

    private static LongStream children(long id) {
        return ProcessHandle.of(id).stream().flatMap(ProcessHandle::children).mapToLong(ProcessHandle::pid);
    }

    private static long field(Path file, String name) {
        return file(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                .findFirst()
                .orElse(0);
    }

    private static String file(Path path) {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            // ESRCH: the process ended while it was read.
            if (!Files.isReadable(path)) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }
}
