package org.countyhub.imaging.film;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is stored of a second factor: it has few values, so that finding it from what is stored has to cost work (PBKDF2, RFC 8018); what
 * protects it is that five wrong ones lock the link.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
public record SecondFactor(byte[] salt, byte[] hash) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ITERATIONS = 20_000;
    private static final int BITS = 256;
    private static final int CODE_DIGITS = 6;

    static SecondFactor of(String answer) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return new SecondFactor(salt, hash(salt, answer));
    }

    /** Six digits to hand out. */
    static String randomCode() {
        int bound = (int) Math.pow(10, CODE_DIGITS);
        return String.format(Locale.ROOT, "%0" + CODE_DIGITS + "d", RANDOM.nextInt(bound));
    }

    boolean isMetBy(String answer) {
        return MessageDigest.isEqual(hash, hash(salt, answer));
    }

    private static byte[] hash(byte[] salt, String answer) {
        String normal = answer.strip().toUpperCase(Locale.ROOT);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(normal.toCharArray(), salt, ITERATIONS, BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
