package org.countyhub.fhir.resource;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Logical ids assigned by the server: 20 characters of Crockford's base 32, lower case; 48 bits of time in milliseconds
 * and 52 random bits that count up within one millisecond. Ids made later sort later, so new keys land at the right
 * edge of the key's B-tree; any number of servers may assign ids without asking each other.
 */
public final class ResourceIds {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final long RANDOM_MASK = (1L << 52) - 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Last(long millis, long random) {}

    private final AtomicReference<Last> last = new AtomicReference<>(new Last(0, 0));

    /** A new id for the given time. */
    public String next(long epochMillis) {
        Last made = last.updateAndGet(previous -> epochMillis > previous.millis()
                ? new Last(epochMillis, RANDOM.nextLong() & (RANDOM_MASK >>> 1))
                : new Last(previous.millis(), previous.random() + 1));
        char[] id = new char[20];
        long random = made.random() & RANDOM_MASK;
        // 100 bits as 20 digits of 5 bits: 10 random digits hold 50 bits, the two bits above them join the time.
        long high = (made.millis() << 2) | (random >>> 50);
        for (int i = 19; i >= 10; i--) {
            id[i] = ALPHABET[(int) (random & 31)];
            random >>>= 5;
        }
        for (int i = 9; i >= 0; i--) {
            id[i] = ALPHABET[(int) (high & 31)];
            high >>>= 5;
        }
        return new String(id);
    }
}
