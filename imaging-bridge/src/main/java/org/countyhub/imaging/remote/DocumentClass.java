package org.countyhub.imaging.remote;

import java.util.Arrays;
import java.util.Optional;

/** SOP classes whose instances are documents that somebody reads (PS3.4 section B.5). */
enum DocumentClass {
    /** Structured reports but key object selections, which only point at images. */
    STRUCTURED_REPORT("1.2.840.10008.5.1.4.1.1.88.", "application/dicom", ""),
    ENCAPSULATED_PDF("1.2.840.10008.5.1.4.1.1.104.1", "application/pdf", "/rendered");

    private static final String KEY_OBJECT_SELECTION = "1.2.840.10008.5.1.4.1.1.88.59";

    private final String uid;
    private final String contentType;
    private final String resource;

    /**
     * A class or, where the UID ends with a dot, a family of classes.
     *
     * @param resource what follows the address of the instance in WADO-RS to get it as that content type
     */
    DocumentClass(String uid, String contentType, String resource) {
        this.uid = uid;
        this.contentType = contentType;
        this.resource = resource;
    }

    static Optional<DocumentClass> of(String sopClassUid) {
        return Arrays.stream(values())
                .filter(kind ->
                        kind.uid.endsWith(".") ? sopClassUid.startsWith(kind.uid) : sopClassUid.equals(kind.uid))
                .filter(kind -> !sopClassUid.equals(KEY_OBJECT_SELECTION))
                .findFirst();
    }

    String contentType() {
        return contentType;
    }

    String resource() {
        return resource;
    }
}
