package org.countyhub.imaging.dicomweb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.fuzz.FuzzTarget;
import org.countyhub.imaging.fuzz.Seeds;

/** Bodies of several parts. The first byte of an input says how much the network brings at a time. */
public final class MultipartTarget implements FuzzTarget {
    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String body : List.of(
                "--b1\r\nContent-Type: application/dicom\r\n\r\none\r\n--b1\r\n\r\ntwo\r\n--b1--",
                "preamble\r\n--b1 \t\r\ncontent-TYPE: a/b;\r\n c=d\r\nX: y\r\n\r\n\r\n--b12\r\n--b1--\r\nepilogue",
                "--b1\r\n\r\n\r\n--b1\r\n\r\n\r\n--b1--")) {
            for (int piece : new int[] {0, 1, 7}) {
                seeds.add(Seeds.prefixed(piece, body.getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        int piece = input[0] == 0 ? Integer.MAX_VALUE : input[0] & 0xFF;
        MultipartReader reader = new MultipartReader(
                new ByteArrayInputStream(input, 1, input.length - 1) {
                    @Override
                    public int read(byte[] into, int offset, int length) {
                        return super.read(into, offset, Math.min(length, piece));
                    }
                },
                "b1");
        long content = 0;
        for (MultipartReader.Part part = reader.next(); part != null; part = reader.next()) {
            content += part.content().readAllBytes().length;
        }
        if (content > input.length) {
            throw new AssertionError("more content than there is");
        }
    }

    @Override
    public boolean isRefusal(Exception thrown) {
        return thrown instanceof MultipartFault fault && !fault.place().isEmpty();
    }
}
