package org.countyhub.imaging.study.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaArchiveTest {
    private static final int LARGE = 1_500_000;
    private static final int MANY = 3_000;

    private final Bridge bridge = new Bridge();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterEach
    void close() {
        bridge.close();
    }

    private static final class Alone implements PatientDirectory {
        @Override
        public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<PatientKey> samePerson(PatientKey patient) {
            return Set.of(patient);
        }
    }

    private MediaArchive archive(BlobStore blobs) {
        return new MediaArchive(
                new OutgoingInstances(bridge.studies, blobs, new Alone(), Coercion.HUB, Clock.systemUTC()), blobs);
    }

    @Test
    void toTheHospitalThatItIsFromGoTheVeryBytesThatCameIn() throws IOException {
        List<String> samples = List.of("CT1_UNC.dcm", "CT1_J2KR.dcm");
        List<Stored> instances = new ArrayList<>();
        for (String sample : samples) {
            bridge.store(Bridge.HAIDU, Samples.file(sample));
            try (InputStream in = Files.newInputStream(Samples.file(sample))) {
                instances.addAll(
                        bridge.studies.bySopInstanceUid(List.of(Part10.read(in).sopInstanceUid())));
            }
        }
        Path file = directory.resolve("a.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            archive(bridge.blobs).of(Bridge.HAIDU, instances).writeTo(out);
        }
        assertThat(instances).isNotEmpty();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (int i = 0; i < instances.size(); i++) {
                Stored stored = instances.get(i);
                byte[] kept;
                try (InputStream in = bridge.blobs.open(stored.blob(), 0, stored.size())) {
                    kept = in.readAllBytes();
                }
                String name = instances.size() > 1
                                && instances
                                        .get(0)
                                        .seriesUid()
                                        .equals(instances.get(1).seriesUid())
                        ? "DICOM/S0001/I000" + (i + 1)
                        : "DICOM/S000" + (i + 1) + "/I0001";
                try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
                    assertThat(in.readAllBytes()).isEqualTo(kept);
                }
            }
        }
    }

    /** One file of 1.5 MB, compressed by JPEG as far as its header says, under as many names as are asked for. */
    private static final class OneFile implements BlobStore {
        private final byte[] head;
        private final int datasetPosition;

        OneFile() throws IOException {
            byte[] meta = Part10.header(
                    new Part10.FileMeta(TransferSyntax.JPEG_BASELINE, "1.2.840.10008.5.1.4.1.1.2", "1.2.3"), "TEST");
            datasetPosition = meta.length;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(meta);
            element(out, 0x0020, 0x000D, "UI", "1.2.3.700 ");
            element(out, 0x0020, 0x000E, "UI", "1.2.3.701 ");
            ByteBuffer pixels = ByteBuffer.allocate(12 + 8 + 8).order(ByteOrder.LITTLE_ENDIAN);
            pixels.putShort((short) 0x7FE0).putShort((short) 0x0010).put(new byte[] {'O', 'B', 0, 0});
            pixels.putInt(-1).putInt(0xE000FFFE).putInt(0).putInt(0xE000FFFE).putInt(LARGE);
            out.write(pixels.array());
            head = out.toByteArray();
        }

        private static void element(ByteArrayOutputStream out, int group, int element, String vr, String value)
                throws IOException {
            out.write(new byte[] {(byte) group, (byte) (group >> 8), (byte) element, (byte) (element >> 8)});
            out.write(vr.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            out.write(new byte[] {(byte) value.length(), 0});
            out.write(value.strip().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            out.write(0);
        }

        long size() {
            return head.length + LARGE + 8L;
        }

        @Override
        public InputStream open(String blob, long position, long length) throws IOException {
            InputStream all = new SequenceInputStream(Collections.enumeration(List.of(
                    new ByteArrayInputStream(head),
                    new ByteArrayInputStream(new byte[LARGE]),
                    new ByteArrayInputStream(
                            new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xDD, (byte) 0xE0, 0, 0, 0, 0}))));
            all.skipNBytes(position);
            return all;
        }

        @Override
        public Incoming receive() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void settle(Collection<String> keys) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String blob) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasRoomFor(long bytes) {
            return true;
        }
    }

    /** Counts what comes, and keeps the end of it. */
    private static final class Counted extends OutputStream {
        private final byte[] ring = new byte[1 << 20];
        private long count;
        private long mostUsed;

        @Override
        public void write(int value) {
            ring[(int) (count++ % ring.length)] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            for (int done = 0; done < length; ) {
                int at = (int) ((count + done) % ring.length);
                int some = Math.min(ring.length - at, length - done);
                System.arraycopy(bytes, from + done, ring, at, some);
                done += some;
            }
            if ((count + length) >> 29 != count >> 29) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                mostUsed = Math.max(mostUsed, runtime.totalMemory() - runtime.freeMemory());
            }
            count += length;
        }

        String end(int length) {
            byte[] end = new byte[length];
            for (int i = 0; i < length; i++) {
                end[i] = ring[(int) ((count - length + i) % ring.length)];
            }
            return new String(end, java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void someThousandInstancesOfMoreThanFourGigabytesPassThroughLittleMemory() throws IOException {
        OneFile blobs = new OneFile();
        List<Stored> instances = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            instances.add(stored(blobs, i));
        }
        Counted out = new Counted();
        System.gc();
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();

        archive(blobs).of(Bridge.HAIDU, instances).writeTo(out);

        assertThat(out.count).isGreaterThan(1L << 32);
        assertThat(out.mostUsed - before).isLessThan(48L << 20);
        // The end of the central directory, in the form for more than 4 GB (APPNOTE 4.3.14 to 4.3.16).
        assertThat(out.end(200)).contains("PK\u0006\u0006", "PK\u0006\u0007", "PK\u0005\u0006");
    }

    private static Stored stored(OneFile blobs, int number) {
        return new Stored(
                "1.2.3.700",
                "1.2.3.701",
                "1.2.3.702." + number,
                "1.2.840.10008.5.1.4.1.1.2",
                TransferSyntax.JPEG_BASELINE,
                new PatientKey(Bridge.HAIDU.patientSystem(), "P1"),
                false,
                "b" + number,
                blobs.datasetPosition,
                blobs.size(),
                new byte[32],
                new byte[0]);
    }

    @Test
    void moreInstancesThanMemoryIsMeantForAreRefused() throws IOException {
        OneFile blobs = new OneFile();
        List<Stored> instances = Collections.nCopies(MediaArchive.MOST + 1, stored(blobs, 1));
        assertThatThrownBy(() -> archive(blobs).of(Bridge.HAIDU, instances)).isInstanceOf(ProblemException.class);
    }
}
