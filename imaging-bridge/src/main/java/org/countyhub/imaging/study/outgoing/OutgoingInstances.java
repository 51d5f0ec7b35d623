package org.countyhub.imaging.study.outgoing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.codec.FrameIndex;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * Instances on their way out, whatever edge they leave by. To the hospital that they are from, in the transfer syntax that they are kept in,
 * go the very bytes that came in, unless somebody has corrected whose they are. To others the header says whose they are in their words,
 * and the rest is copied.
 */
public final class OutgoingInstances {
    private static final int MARK_BYTES = 12;

    private final StudyStore store;
    private final BlobStore blobs;
    private final PatientDirectory directory;
    private final Coercion coercion;
    private final Clock clock;

    public OutgoingInstances(
            StudyStore store, BlobStore blobs, PatientDirectory directory, Coercion coercion, Clock clock) {
        this.store = store.shown();
        this.blobs = blobs;
        this.directory = directory;
        this.coercion = coercion;
        this.clock = clock;
    }

    /** To a hospital. */
    public For to(Source asking) {
        return new For(asking);
    }

    /** What goes to one hospital in one go: a person is looked up once. */
    public final class For {
        private final Source asking;
        private final Map<PatientKey, Set<PatientKey>> persons = new HashMap<>();

        private For(Source asking) {
            this.asking = asking;
        }

        /** Whether the header goes as it is kept, so that in its own transfer syntax the whole does. */
        public boolean asKept(Stored stored) {
            return isOwn(stored) && !stored.patientCorrected();
        }

        private boolean isOwn(Stored stored) {
            return stored.patient().system().equals(asking.patientSystem());
        }

        /** The header as it goes, its large values left where they lie. */
        public Dataset header(Stored stored) throws IOException {
            return told(stored, readable(new StoredValues(blobs, stored)));
        }

        /**
         * The instance in that transfer syntax: the one that it is kept in, or explicit or implicit little endian. Big endian is
         * only given as it is kept.
         */
        public Outgoing prepare(Stored stored, TransferSyntax target) throws IOException {
            StoredValues values = new StoredValues(blobs, stored);
            boolean same = target.equals(stored.transferSyntax());
            if (same && asKept(stored)) {
                return new Outgoing(target, true, values::write);
            }
            Dataset kept = readable(values);
            Dataset header = told(stored, kept);
            if (same && header == kept) {
                return new Outgoing(target, true, values::write);
            }
            if (!same && header.element(Tag.PixelData) instanceof Element.Fragments) {
                DecodedInstance decoded = new DecodedInstance(values, frames(stored), header);
                return new Outgoing(target, false, out -> decoded.write(out, target));
            }
            return new Outgoing(target, false, out -> values.write(header, out, target));
        }

        /** Names what the header says of the patient, to this hospital, by what follows from whom they are now; empty as it is kept. */
        public String mark(Stored stored) {
            if (asKept(stored)) {
                return "";
            }
            List<String> said = new ArrayList<>(List.of(
                    asking.id(),
                    new TreeMap<>(asking.issuers()).toString(),
                    stored.patient().toString()));
            person(stored).stream().map(PatientKey::toString).sorted().forEach(said::add);
            byte[] digest = sha256().digest(String.join("\0", said).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, MARK_BYTES));
        }

        /** Text that declares nothing and seems to be Chinese is read as that, since numbers are compared and may be written beside it. */
        private static Dataset readable(StoredValues values) throws IOException {
            return values.header().readable(null);
        }

        private Dataset told(Stored stored, Dataset header) {
            return asKept(stored)
                    ? header
                    : coercion.outgoing(header, stored.patient(), asking, person(stored), clock.instant());
        }

        /** Own patients go by the number that they have, and to whoever has no numbers nobody has to be looked up. */
        private Set<PatientKey> person(Stored stored) {
            return isOwn(stored) || asking.equals(Source.NONE)
                    ? Set.of(stored.patient())
                    : persons.computeIfAbsent(stored.patient(), directory::samePerson);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Where frames lie was left out of long lists. */
    private StoredFrames frames(Stored stored) {
        byte[] frames = stored.frames().length > 0
                ? stored.frames()
                : store.instance(stored.studyUid(), stored.seriesUid(), stored.sopInstanceUid())
                        .orElseThrow(() -> Problem.notFound("it is not there any more"))
                        .frames();
        if (frames.length == 0) {
            throw Problem.unprocessable(Fault.at(
                    Tag.text(Tag.PixelData),
                    "not-supported",
                    "its frames cannot be told apart, so it is given as it is"));
        }
        return new StoredFrames(blobs, stored, FrameIndex.of(frames));
    }
}
