package org.countyhub.imaging.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.FrameDecoder;
import org.countyhub.imaging.dicom.codec.FrameIndex;
import org.countyhub.imaging.dicom.codec.FrameLocator;
import org.countyhub.imaging.dicom.codec.PixelFormat;
import org.countyhub.imaging.fuzz.FuzzTarget;
import org.countyhub.imaging.fuzz.Seeds;
import org.countyhub.imaging.render.Rendering;
import org.countyhub.imaging.render.View;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.Instance;
import org.countyhub.imaging.study.InstanceReader;
import org.countyhub.imaging.study.Metadata;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.StudyStore;

/** Files as they are stored: the whole way in, up to what the database is given; then the way out, and to a picture. */
public final class IngestTarget implements FuzzTarget {
    private static final Source HOSPITAL = new Source(
            "haidu", null, "urn:haidu:patient", "urn:haidu:accession", Map.of("HDHIS", "urn:haidu:patient"), "GB18030");
    private static final Source OTHER =
            new Source("xiamei", null, "urn:xiamei:patient", "urn:xiamei:accession", Map.of(), null);
    private static final int LARGEST_PICTURE = 1_000_000;

    private final OneBlob blobs = new OneBlob();
    private final OneInstance studies = new OneInstance();
    private final Ingest ingest = new Ingest(studies, blobs, new InstanceReader(blobs), Clock.systemUTC());

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Seeds.Sample sample : Seeds.samples()) {
            // Whole where it is small, else without its end, which a sender that breaks off leaves out.
            seeds.add(sample.file(sample.dataset().length < 150_000 ? sample.dataset() : sample.shortened()));
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) throws Exception {
        studies.last = null;
        InputStream in = new ByteArrayInputStream(input);
        Part10.FileMeta meta = Part10.read(in);
        try {
            ingest.store(new Sender(HOSPITAL, "CT1", "127.0.0.1"), meta, in).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        Instance stored = studies.last;
        if (stored == null) {
            throw new AssertionError("neither refused nor put on record");
        }
        PatientKey owner = stored.patient() == null ? new PatientKey("urn:haidu:patient", "P1") : stored.patient();
        new Coercion("COUNTYHUB")
                .outgoing(
                        stored.header(),
                        owner,
                        OTHER,
                        Set.of(owner, new PatientKey("urn:xiamei:patient", "X1")),
                        Instant.EPOCH);
        picture(stored);
    }

    private void picture(Instance stored) throws IOException {
        if (stored.frames().length == 0) {
            return;
        }
        Dataset header = stored.header();
        PixelFormat format = PixelFormat.of(header);
        if ((long) format.rows() * format.columns() > LARGEST_PICTURE) {
            return;
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (FrameIndex.Range range : FrameLocator.locate(
                        header, format, stored.transferSyntax(), (position, length) -> {
                            byte[] bytes = blobs.bytes(stored.datasetPosition() + position, length);
                            if (bytes.length < length) {
                                throw new EOFException();
                            }
                            return bytes;
                        })
                .ranges(0)) {
            encoded.writeBytes(blobs.bytes(stored.datasetPosition() + range.position(), range.length()));
        }
        Frame frame = FrameDecoder.decode(encoded.toByteArray(), format, stored.transferSyntax(), 0);
        Rendering.render(frame, header, 0, View.thumbnail(64));
    }

    /** Holds what came last. */
    private static final class OneBlob implements BlobStore {
        private byte[] bytes = new byte[0];

        byte[] bytes(long position, long length) {
            int from = Math.clamp(position, 0, bytes.length);
            return Arrays.copyOfRange(bytes, from, (int) Math.min(bytes.length, from + length));
        }

        @Override
        public Incoming receive() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            return new Incoming() {
                @Override
                public void write(int value) {
                    out.write(value);
                }

                @Override
                public void write(byte[] some, int from, int length) {
                    out.write(some, from, length);
                }

                @Override
                public String seal() {
                    bytes = out.toByteArray();
                    return "blob";
                }
            };
        }

        @Override
        public void settle(Collection<String> keys) {}

        @Override
        public InputStream open(String key, long position, long length) {
            return new ByteArrayInputStream(bytes(position, length));
        }

        @Override
        public void delete(String key) {}

        @Override
        public boolean hasRoomFor(long length) {
            return true;
        }
    }

    /** Makes the rows of what is put on record, and holds them to what a database takes. */
    private static final class OneInstance implements StudyStore {
        private volatile @org.jspecify.annotations.Nullable Instance last;

        @Override
        public StudyStore shown() {
            return this;
        }

        @Override
        public List<StoreOutcome> add(List<Instance> instances) {
            for (Instance instance : instances) {
                StudyRows.StudyRow study = StudyRows.study(instance);
                StudyRows.SeriesRow series = StudyRows.series(instance);
                StudyRows.decoded(study.attributes());
                StudyRows.decoded(series.attributes());
                PatientKey patient = instance.patient();
                String all = String.join(
                        "\n",
                        instance.studyUid(),
                        instance.seriesUid(),
                        instance.sopInstanceUid(),
                        instance.sopClassUid(),
                        instance.transferSyntax().uid(),
                        patient == null ? "" : patient.system() + "\n" + patient.id(),
                        study.toString(),
                        series.toString());
                if (all.indexOf('\0') >= 0) {
                    throw new IllegalStateException("a database takes no NUL");
                }
                last = instance;
            }
            return instances.stream()
                    .map(one -> (StoreOutcome) new StoreOutcome.Added())
                    .toList();
        }

        @Override
        public Optional<Study> study(String studyUid) {
            return Optional.empty();
        }

        @Override
        public Optional<Integer> version(String studyUid) {
            return Optional.empty();
        }

        @Override
        public Optional<Stored> instance(String studyUid, String seriesUid, String sopInstanceUid) {
            return Optional.empty();
        }

        @Override
        public void instances(String studyUid, Optional<String> seriesUid, Consumer<Stored> each) {}

        @Override
        public void metadata(
                String studyUid,
                Optional<String> seriesUid,
                Optional<String> sopInstanceUid,
                Consumer<Metadata> each) {}

        @Override
        public List<Stored> bySopInstanceUid(Collection<String> sopInstanceUids) {
            return List.of();
        }

        @Override
        public List<Study> unpublished(Instant quietSince, int limit) {
            return List.of();
        }

        @Override
        public void published(String studyUid, int version) {}
    }
}
