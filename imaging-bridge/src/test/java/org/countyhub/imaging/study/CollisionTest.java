package org.countyhub.imaging.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.junit.jupiter.api.Test;

/**
 * Hospitals that number their patients alike, and devices that use UIDs twice: whatever is sent in whatever order, nothing is listed under a patient
 * that it does not name. {@code -Dhub.collisions=1000000} sends more.
 */
class CollisionTest {
    private static final int STORES = Integer.getInteger("hub.collisions", 100_000);
    private static final int SENDERS = 8;
    private static final String CLASS = "1.2.840.10008.5.1.4.1.1.7";

    /** What an instance says, and of whom it is in truth. */
    private record Sent(
            Source source, String patientId, String issuer, String study, String series, String uid, int content) {
        /** Whose it says it is; empty where it cannot be known. */
        Optional<PatientKey> claim() {
            if (patientId.isEmpty()) {
                return Optional.empty();
            }
            String system =
                    issuer.isEmpty() ? source.patientSystem() : source.issuers().get(issuer);
            return Optional.ofNullable(system).map(known -> new PatientKey(known, patientId));
        }

        byte[] encoded() {
            Dataset.Builder dataset = Dataset.builder()
                    .set(Tag.SOPClassUID, Vr.UI, CLASS)
                    .set(Tag.SOPInstanceUID, Vr.UI, uid)
                    .set(Tag.StudyInstanceUID, Vr.UI, study)
                    .set(Tag.SeriesInstanceUID, Vr.UI, series)
                    .set(Tag.PatientID, Vr.LO, patientId)
                    .set(Tag.InstanceNumber, Vr.IS, Integer.toString(content));
            if (!issuer.isEmpty()) {
                dataset.set(Tag.IssuerOfPatientID, Vr.LO, issuer);
            }
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                DatasetWriter.write(dataset.build(), out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
                return out.toByteArray();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** Few numbers, few UIDs: most of what comes meets something that is there. */
    private static Sent any(Random random) {
        Source source = random.nextBoolean() ? Bridge.HAIDU : Bridge.XIAMEI;
        int study = random.nextInt(Math.max(10, STORES / 50));
        int series = random.nextInt(20) == 0 ? random.nextInt(Math.max(10, STORES / 50)) : study;
        String patient =
                random.nextInt(50) == 0 ? "" : "P" + (random.nextInt(10) == 0 ? random.nextInt(500) : study % 500);
        String issuer = random.nextInt(20) > 0 ? "" : random.nextBoolean() ? "COUNTY" : "WHO KNOWS";
        String uid = "1.2.3." + study + ".1." + random.nextInt(60);
        return new Sent(
                source,
                patient,
                issuer,
                "1.2.3." + study,
                "1.2.3." + series + ".1",
                uid,
                random.nextInt(10) == 0 ? 1 : 0);
    }

    @Test
    void nothingIsListedUnderAPatientThatItDoesNotName() throws Exception {
        try (Bridge bridge = new Bridge();
                Ingest ingest = ingest(bridge);
                var senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Callable<Map<String, Long>>> work = new ArrayList<>();
            Map<String, Sent> firsts = new ConcurrentHashMap<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                Random random = new Random(sender);
                work.add(() -> send(ingest, random, firsts));
            }
            Map<String, Long> outcomes = new HashMap<>();
            for (Future<Map<String, Long>> done : senders.invokeAll(work)) {
                done.get().forEach((what, count) -> outcomes.merge(what, count, Long::sum));
            }
            assertThat(outcomes.get("Added")).isEqualTo(firsts.size());
            assertThat(outcomes)
                    .containsKeys(
                            "Known", "OTHER_PATIENT", "OTHER_STUDY", "OTHER_BYTES", "NO_PATIENT_ID", "UNKNOWN_ISSUER");
            assertThat(outcomes.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(STORES / SENDERS * (long) SENDERS);
            check(bridge, firsts);
        }
    }

    private static Ingest ingest(Bridge bridge) {
        BlobStore memory = new MemoryBlobs();
        return new Ingest(bridge.studies, memory, new InstanceReader(memory), Clock.systemUTC());
    }

    /** What became of what was sent, and how often; notes what was added. */
    private static Map<String, Long> send(Ingest ingest, Random random, Map<String, Sent> firsts) throws Exception {
        Map<String, Long> outcomes = new HashMap<>();
        for (int i = 0; i < STORES / SENDERS; i++) {
            Sent sent = any(random);
            CompletableFuture<StoreOutcome> future = ingest.store(
                    new Sender(sent.source(), "TEST", "127.0.0.1"),
                    new Part10.FileMeta(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, CLASS, sent.uid()),
                    new ByteArrayInputStream(sent.encoded()));
            String what =
                    switch (future.get()) {
                        case StoreOutcome.Added ignored -> {
                            assertThat(firsts.put(sent.uid(), sent))
                                    .as("%s was added twice", sent.uid())
                                    .isNull();
                            yield "Added";
                        }
                        case StoreOutcome.Known ignored -> "Known";
                        case StoreOutcome.Held held -> held.reason().name();
                    };
            outcomes.merge(what, 1L, Long::sum);
        }
        return outcomes;
    }

    /** Every instance of every study is one that was added, names the patient of its study, and is counted there. */
    private static void check(Bridge bridge, Map<String, Sent> firsts) {
        Map<String, List<Sent>> byStudy = new HashMap<>();
        firsts.values().forEach(sent -> byStudy.computeIfAbsent(sent.study(), key -> new ArrayList<>())
                .add(sent));
        long listed = 0;
        for (Map.Entry<String, List<Sent>> study : byStudy.entrySet()) {
            Study kept = bridge.studies.study(study.getKey()).orElseThrow();
            List<Stored> instances = new ArrayList<>();
            bridge.studies.instances(study.getKey(), Optional.empty(), instances::add);
            assertThat(instances)
                    .extracting(Stored::sopInstanceUid)
                    .containsExactlyInAnyOrderElementsOf(
                            study.getValue().stream().map(Sent::uid).toList());
            assertThat(study.getValue())
                    .allMatch(sent -> sent.claim().orElseThrow().equals(kept.patient()));
            assertThat(study.getValue()).allMatch(sent -> instances.stream()
                    .anyMatch(stored -> stored.sopInstanceUid().equals(sent.uid())
                            && stored.seriesUid().equals(sent.series())));
            assertThat(kept.instances()).isEqualTo(instances.size());
            listed += instances.size();
        }
        assertThat(listed).isEqualTo(firsts.size());
    }

    /** Bytes in memory: what is tested is to whom they are given. */
    private static final class MemoryBlobs implements BlobStore {
        private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
        private final AtomicLong next = new AtomicLong();

        @Override
        public Incoming receive() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            return new Incoming() {
                @Override
                public void write(int value) {
                    out.write(value);
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    out.write(bytes, from, length);
                }

                @Override
                public String seal() {
                    String key = "blob-" + next.incrementAndGet();
                    blobs.put(key, out.toByteArray());
                    return key;
                }
            };
        }

        @Override
        public void settle(Collection<String> keys) {}

        @Override
        public InputStream open(String key, long position, long length) throws IOException {
            byte[] bytes = blobs.get(key);
            if (bytes == null) {
                throw new NoSuchFileException(key);
            }
            int from = (int) Math.min(position, bytes.length);
            return new ByteArrayInputStream(
                    Arrays.copyOfRange(bytes, from, (int) Math.min(bytes.length, position + length)));
        }

        @Override
        public void delete(String key) {
            blobs.remove(key);
        }

        @Override
        public boolean hasRoomFor(long bytes) {
            return true;
        }
    }
}
