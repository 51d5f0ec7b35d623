package org.countyhub.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.countyhub.imaging.dicom.DicomJson.Limits;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** What holds for all data sets. */
class DicomJsonPropertyTest {
    private static final List<Vr> VRS = List.of(Vr.values());
    private static final int SEQUENCE_DEPTH = 3;
    private static final List<String> DECIMALS = List.of("0", "40", "-1.5", "1E+2", "0.1234567890123456", "-0.00001");
    private static final List<String> TOKENS = List.of(
            "null",
            "1e400",
            "-1",
            "1.5",
            "99999999999999999999",
            "{}",
            "[]",
            "[[[[",
            "}}",
            ",",
            "\\\\",
            "\\ud800",
            "\"vr\":\"SQ\",",
            "\"vr\":\"US\",",
            "\"Value\":[1],",
            "\"InlineBinary\":\"AQ==\",",
            "\"BulkDataURI\":\"\",",
            "true",
            "\"\"",
            "FFFEE000",
            "\u0000");

    private final Random random = new Random(42);

    @Test
    void whatIsWrittenIsReadAsWhatItWas() throws IOException {
        for (int round = 0; round < 1_500; round++) {
            Dataset dataset = dataset(0);
            byte[] json = json(dataset);
            Dataset again = DicomJson.read(new ByteArrayInputStream(json), Limits.DEFAULT);
            assertThat(bytes(again))
                    .as(() -> new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(bytes(dataset));
        }
    }

    @Test
    void manyAreReadAsWhatTheyWere() throws IOException {
        List<Dataset> all = IntStream.range(0, 50).mapToObj(i -> dataset(1)).toList();
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        for (Dataset one : all) {
            json.write(json.size() == 0 ? '[' : ',');
            json.writeBytes(json(one));
        }
        json.write(']');
        List<Dataset> again = new ArrayList<>();
        DicomJson.readAll(new ByteArrayInputStream(json.toByteArray()), Limits.DEFAULT, again::add);
        assertThat(again).hasSameSizeAs(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(bytes(again.get(i))).isEqualTo(bytes(all.get(i)));
        }
    }

    /** Whatever is done to a document, it is refused as one, or taken as a data set that can be written and read again. */
    @Test
    void aMutationIsRefusedOrTaken() throws IOException {
        int refused = 0;
        int taken = 0;
        for (int round = 0; round < 6_000; round++) {
            byte[] json = mutated(json(dataset(1)));
            Dataset read;
            try {
                read = DicomJson.read(new ByteArrayInputStream(json), new Limits(200_000, 1_000, 8, 10));
            } catch (ProblemException e) {
                assertThat(e.problem().faults().getFirst().expression())
                        .as(() -> new String(json, StandardCharsets.UTF_8))
                        .isNotNull();
                refused++;
                continue;
            }
            Dataset again = DicomJson.read(new ByteArrayInputStream(json(read)), Limits.DEFAULT);
            assertThat(bytes(DicomJson.read(new ByteArrayInputStream(json(again)), Limits.DEFAULT)))
                    .as(() -> new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(bytes(again));
            taken++;
        }
        assertThat(refused).isGreaterThan(1_000);
        assertThat(taken).isGreaterThan(100);
    }

    private byte[] mutated(byte[] json) {
        byte[] bytes = json;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + random.nextInt(20));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, from);
            switch (random.nextInt(4)) {
                case 0 -> {
                    out.write(random.nextInt(256));
                    to = from + 1;
                }
                case 1 -> {}
                case 2 -> {
                    out.write(bytes, from, to - from);
                    to = from;
                }
                default -> {
                    out.writeBytes(TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8));
                    to = random.nextBoolean() ? from : to;
                }
            }
            out.write(bytes, to, bytes.length - to);
            bytes = out.size() == 0 ? json : out.toByteArray();
        }
        return bytes;
    }

    private static byte[] json(Dataset dataset) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomJson.write(dataset, out, (element, path) -> "");
        return out.toByteArray();
    }

    private static byte[] bytes(Dataset dataset) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DatasetWriter.write(dataset, out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        return out.toByteArray();
    }

    private Dataset dataset(int depth) {
        Dataset.Builder builder = Dataset.builder();
        if (depth <= 1) {
            builder.set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192");
        }
        for (int count = random.nextInt(8); count > 0; count--) {
            int tag = (random.nextInt(0x7FFF) + 8) << 16 | (1 + random.nextInt(0xFFFF));
            if (tag != Tag.SpecificCharacterSet) {
                element(builder, tag, VRS.get(random.nextInt(VRS.size())), depth);
            }
        }
        return builder.build();
    }

    private void element(Dataset.Builder builder, int tag, Vr vr, int depth) {
        int count = random.nextInt(4);
        switch (vr) {
            case SQ ->
                builder.set(
                        tag,
                        IntStream.range(0, depth >= SEQUENCE_DEPTH ? 0 : count)
                                .mapToObj(i -> dataset(depth + 2))
                                .toList());
            case OB, OD, OF, OL, OV, OW, UN -> {
                byte[] bytes = new byte[8 * count];
                random.nextBytes(bytes);
                builder.set(new Element.Bytes(tag, vr, bytes));
            }
            case US, SS, UL, SL, SV, UV, AT -> {
                byte[] bytes = new byte[(vr == Vr.AT ? 4 : vr.width()) * count];
                random.nextBytes(bytes);
                if (random.nextBoolean()) {
                    Arrays.fill(bytes, (byte) -random.nextInt(2));
                }
                builder.set(new Element.Bytes(tag, vr, bytes));
            }
            case FL, FD -> builder.set(new Element.Bytes(tag, vr, decimals(vr, count)));
            case LT, ST, UT, UR -> builder.set(tag, vr, text(vr) + (vr == Vr.UR ? "" : "\\\n" + text(vr)));
            case AE, AS, CS, DA, DS, DT, IS, LO, PN, SH, TM, UC, UI ->
                builder.set(
                        tag,
                        vr,
                        IntStream.range(0, count)
                                .mapToObj(i -> random.nextInt(4) == 0 ? "" : text(vr))
                                .toArray(String[]::new));
        }
    }

    private byte[] decimals(Vr vr, int count) {
        ByteBuffer buffer = ByteBuffer.allocate(vr.width() * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            long bits = random.nextLong();
            if (vr == Vr.FL) {
                buffer.putFloat(
                        random.nextInt(8) == 0
                                ? Float.NEGATIVE_INFINITY
                                : Float.intBitsToFloat(Float.floatToIntBits(Float.intBitsToFloat((int) bits))));
            } else {
                buffer.putDouble(
                        random.nextInt(8) == 0
                                ? -0.0
                                : Double.longBitsToDouble(Double.doubleToLongBits(Double.longBitsToDouble(bits))));
            }
        }
        return buffer.array();
    }

    /** Not empty, without spaces at its ends. */
    private String text(Vr vr) {
        return switch (vr) {
            case IS -> Integer.toString(random.nextInt());
            case DS -> DECIMALS.get(random.nextInt(DECIMALS.size()));
            case PN ->
                switch (random.nextInt(4)) {
                    case 0 -> "=" + letters(vr);
                    case 1 -> letters(vr) + "==" + letters(vr);
                    case 2 -> letters(vr) + "=" + letters(vr) + "=" + letters(vr);
                    default -> letters(vr);
                };
            default -> letters(vr);
        };
    }

    private String letters(Vr vr) {
        String alphabet = vr.usesCharacterSet() ? "aZ^ .\"/{é王𠮷\u0001\u007f" : "AZ09. _\"/{";
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder("x");
        for (int length = random.nextInt(6); length > 0; length--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.append("y").toString();
    }
}
