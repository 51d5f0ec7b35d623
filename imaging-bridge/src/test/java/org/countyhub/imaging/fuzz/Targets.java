package org.countyhub.imaging.fuzz;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.countyhub.imaging.dicom.codec.FrameTarget;
import org.countyhub.imaging.dicom.net.NetworkTarget;
import org.countyhub.imaging.dicomweb.MultipartTarget;
import org.countyhub.imaging.store.IngestTarget;

/** All that is fuzzed. */
enum Targets {
    DATASET(6_000),
    INGEST(1_500),
    JSON(3_000),
    MULTIPART(6_000),
    TEXT(6_000),
    QUERY(6_000),
    FRAME(400),
    NETWORK(60);

    private final int inputsOfATest;

    Targets(int inputsOfATest) {
        this.inputsOfATest = inputsOfATest;
    }

    /** Makes the target, which may take some time. */
    FuzzTarget create() {
        return switch (this) {
            case DATASET -> new DatasetTarget();
            case INGEST -> new IngestTarget();
            case JSON -> new JsonTarget();
            case MULTIPART -> new MultipartTarget();
            case TEXT -> new TextTarget();
            case QUERY -> new QueryTarget();
            case FRAME -> new FrameTarget();
            case NETWORK -> new NetworkTarget();
        };
    }

    /** How many inputs are made in a run of all tests: about a second. */
    int inputsOfATest() {
        return inputsOfATest;
    }

    /** As it is called in names of files. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one by which a file begins that holds an input for it. */
    static Optional<Targets> ofFile(String fileName) {
        return Arrays.stream(values())
                .filter(target -> fileName.startsWith(target.word() + "-"))
                .findFirst();
    }
}
