package org.countyhub.imaging.film;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** 256 random bits that open something. Whoever keeps it keeps its digest only. */
final class Secret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int ID_BYTES = 12;
    private static final int LENGTH = 43;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    static Secret random() {
        return new Secret(bytes(BYTES));
    }

    /** A name that says nothing and that nobody comes upon: 96 random bits. */
    static String randomId() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(ID_BYTES));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** The secret that is written so; empty where none can be. */
    static Optional<Secret> parse(String text) {
        try {
            byte[] bytes = text.length() == LENGTH ? Base64.getUrlDecoder().decode(text) : new byte[0];
            return bytes.length == BYTES ? Optional.of(new Secret(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As it is written in an address or a cookie (RFC 4648 section 5). */
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is stored of it: SHA-256. It is random, so that nothing slower is needed. */
    byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
