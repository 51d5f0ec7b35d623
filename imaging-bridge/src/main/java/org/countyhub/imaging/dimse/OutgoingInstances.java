package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.kernel.Problem;

/**
 * Instances on their way out. To the hospital that they are from, in the transfer syntax that they are kept in, go the very bytes that came
 * in. To others the header says whose they are in their words, and the rest is copied.
 */
final class OutgoingInstances {
    private final StudyStore store;
    private final BlobStore blobs;
    private final PatientDirectory directory;
    private final Coercion coercion;
    private final Clock clock;

    OutgoingInstances(StudyStore store, BlobStore blobs, PatientDirectory directory, Coercion coercion, Clock clock) {
        this.store = store;
        this.blobs = blobs;
        this.directory = directory;
        this.coercion = coercion;
        this.clock = clock;
    }

    /** An instance that is ready to go. */
    record Prepared(TransferSyntax transferSyntax, Outlet.Content content) {}

    /** To a hospital. */
    For to(Source asking) {
        return new For(asking);
    }

    /** What goes to one hospital in one go. */
    final class For {
        private final Source asking;
        private final Map<PatientKey, Set<PatientKey>> persons = new HashMap<>();

        private For(Source asking) {
            this.asking = asking;
        }

        /**
         * The instance in one of the transfer syntaxes that are taken.
         *
         * @return empty where it cannot be turned into any of them
         */
        Optional<Prepared> prepare(Stored stored, Set<String> taken) throws IOException {
            boolean own = stored.patient().system().equals(asking.patientSystem());
            TransferSyntax kept = stored.transferSyntax();
            if (own && taken.contains(kept.uid())) {
                return Optional.of(new Prepared(kept, out -> {
                    try (var in = blobs.open(
                            stored.blob(), stored.datasetPosition(), stored.size() - stored.datasetPosition())) {
                        in.transferTo(out);
                    }
                }));
            }
            Optional<TransferSyntax> target = target(kept, taken);
            if (target.isEmpty()) {
                return Optional.empty();
            }
            StoredValues values = new StoredValues(blobs, stored);
            Dataset header = values.header();
            Dataset outgoing = own ? header : coerced(stored, header);
            if (!kept.isNative() && !target.get().equals(kept)) {
                DecodedInstance decoded = new DecodedInstance(withFrames(stored), values, outgoing);
                return Optional.of(new Prepared(target.get(), out -> decoded.write(out, target.get())));
            }
            return Optional.of(new Prepared(target.get(), out -> values.write(outgoing, out, target.get())));
        }

        private Dataset coerced(Stored stored, Dataset header) {
            Set<PatientKey> person = persons.computeIfAbsent(stored.patient(), directory::samePerson);
            return coercion.outgoing(header, stored.patient(), asking, person, clock.instant());
        }
    }

    /** Where frames lie was left out of long lists. */
    private Stored withFrames(Stored stored) {
        return store.instance(stored.studyUid(), stored.seriesUid(), stored.sopInstanceUid())
                .orElseThrow(() -> Problem.notFound("it is not there any more"));
    }

    /** As it is kept if that is taken, else as explicit or implicit little endian. */
    private static Optional<TransferSyntax> target(TransferSyntax kept, Set<String> taken) {
        // Big endian is retired, and nobody has to be given it.
        if (taken.contains(kept.uid()) && !kept.isBigEndian()) {
            return Optional.of(kept);
        }
        if (taken.contains(TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid())) {
            return Optional.of(TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        }
        return taken.contains(TransferSyntax.IMPLICIT_LITTLE_ENDIAN.uid())
                ? Optional.of(TransferSyntax.IMPLICIT_LITTLE_ENDIAN)
                : Optional.empty();
    }
}
