package org.countyhub.imaging.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Instance;
import org.countyhub.imaging.study.Metadata;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.QuarantineReason;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/** Studies on record, with bytes that are what the record says. */
public final class Studies {
    static final Source HOSPITAL =
            new Source("county", null, "urn:county:patients", "urn:county:accession", Map.of(), null);
    private static final int HEAD = 132;

    public final StudyStore store;
    private final Db db;
    private final BlobStore blobs;

    public Studies(Db db, BlobStore blobs) {
        this.db = db;
        this.blobs = blobs;
        store = new PgStudyStore(db, id -> HOSPITAL);
    }

    /** Adds an instance, whose UIDs begin with those of its study and whose bytes follow from its UID. */
    public StoreOutcome add(String studyUid, String modality, int number, Instant received) {
        return store.add(List.of(instance(studyUid, modality, number, received, null)))
                .getFirst();
    }

    /** Adds an instance to the quarantine. */
    StoreOutcome hold(String studyUid, int number, Instant received) {
        StoreOutcome.Held why = new StoreOutcome.Held(QuarantineReason.NO_PATIENT_ID, "none", false);
        return store.add(List.of(instance(studyUid, "CT", number, received, why)))
                .getFirst();
    }

    static String sop(String studyUid, int number) {
        return studyUid + ".9." + number;
    }

    private Instance instance(
            String studyUid, String modality, int number, Instant received, StoreOutcome.@Nullable Held held) {
        byte[] bytes = new byte[5_000 + number];
        new Random(sop(studyUid, number).hashCode()).nextBytes(bytes);
        Dataset header = Dataset.builder()
                .set(Tag.Modality, Vr.CS, modality)
                .set(Tag.InstanceNumber, Vr.IS, Integer.toString(number))
                .build();
        return new Instance(
                new Sender(HOSPITAL, modality + "1", "127.0.0.1"),
                received,
                new PatientKey(HOSPITAL.patientSystem(), "P1"),
                false,
                held,
                studyUid,
                studyUid + "." + (int) modality.charAt(0),
                sop(studyUid, number),
                "1.2.840.10008.5.1.4.1.1.2",
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                header,
                put(bytes),
                HEAD,
                bytes.length,
                digest(bytes),
                new Metadata(new byte[] {1}, 2, 3),
                new byte[0]);
    }

    private String put(byte[] bytes) {
        try {
            return BlobStoreContract.put(blobs, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid().getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes, HEAD, bytes.length - HEAD);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keys of the blobs of a study, in the order of the instances. */
    List<String> blobs(String studyUid) {
        return texts(
                Sql.of("select blob from instance where sop_instance_uid like ? order by number", studyUid + ".9.%"));
    }

    /** Whether the bytes of all instances of a study are as they came. */
    boolean intact(String studyUid) throws IOException {
        boolean all = true;
        for (var one : store.bySopInstanceUid(texts(
                Sql.of("select sop_instance_uid from instance where sop_instance_uid like ?", studyUid + ".9.%")))) {
            byte[] bytes = BlobStoreContract.read(blobs, one.blob(), 0, Long.MAX_VALUE);
            all &= bytes.length == one.size() && MessageDigest.isEqual(digest(bytes), one.digest());
        }
        return all;
    }

    public List<String> texts(Sql sql) {
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                List<String> all = new ArrayList<>();
                while (row.next()) {
                    all.add(row.getString(1));
                }
                return all;
            }
        });
    }

    int update(Sql sql) {
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection)) {
                return statement.executeUpdate();
            }
        });
    }

    /** An empty index. */
    public void clear() {
        update(
                Sql.of(
                        "truncate study, series, instance, quarantine, study_evidence, study_decision, study_deletion, blob_removal"));
    }
}
