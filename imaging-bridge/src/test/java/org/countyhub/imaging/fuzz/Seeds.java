package org.countyhub.imaging.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.kernel.ProblemException;

/** The public samples as inputs, short enough to be changed where it matters. */
public final class Seeds {
    private static final int LONGEST = 12_000;

    private Seeds() {}

    /** A data set as sent. */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
    public record Sample(Part10.FileMeta meta, byte[] dataset) {
        /** Its beginning; pixels are cut off somewhere, which is one of the things that happen. */
        public byte[] shortened() {
            return dataset.length > LONGEST ? Arrays.copyOf(dataset, LONGEST) : dataset;
        }

        /** As a file of PS3.10. */
        public byte[] file(byte[] shown) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(Part10.header(meta, "FUZZ"));
            out.writeBytes(shown);
            return out.toByteArray();
        }
    }

    /** All samples that are files of PS3.10. */
    public static List<Sample> samples() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Samples.file(""))) {
            files = all.filter(file -> file.toString().endsWith(".dcm"))
                    .sorted()
                    .toList();
        }
        List<Sample> samples = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
                samples.add(new Sample(Part10.read(in), in.readAllBytes()));
            } catch (ProblemException e) {
                // One of those that are no such file.
            }
        }
        return samples;
    }

    /** An input whose first byte chooses something. */
    public static byte[] prefixed(int choice, byte[] input) {
        byte[] all = new byte[input.length + 1];
        all[0] = (byte) choice;
        System.arraycopy(input, 0, all, 1, input.length);
        return all;
    }
}
