package org.countyhub.bench.dicom;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What is compared instead of the bytes themselves. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
