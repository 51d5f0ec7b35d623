package org.countyhub.fhir.store.sql;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import org.countyhub.fhir.search.index.SearchParameter;
import org.jspecify.annotations.Nullable;

/**
 * The 64-bit numbers under which values stand in the search tables. They are stored, so the functions here never
 * change; a test pins them.
 */
public final class IndexKeys {
    private static final HashFunction TEXT = Hashing.farmHashFingerprint64();
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int MAX_TEXT = 400;

    /** The longest prefix that a string search can tell apart, in UTF-16 units. */
    public static final int MAX_PREFIX = MAX_TEXT - 1;

    private IndexKeys() {}

    /** The key of a parameter of a type; distinct for all parameters of R4. */
    public static long parameter(SearchParameter parameter) {
        return mix(
                ((long) parameter.type().hashCode() << 32) ^ (parameter.code().hashCode() & 0xFFFFFFFFL));
    }

    /** The short key of a reference parameter; never 0, which means "referred to outside of any parameter". */
    public static int edge(SearchParameter parameter) {
        int key = (int) (parameter(parameter) >>> 32);
        return key == 0 ? 1 : key;
    }

    /** A code under a parameter, whatever its system. */
    public static long value(SearchParameter parameter, String code) {
        return value(parameter(parameter), code);
    }

    /** A code under a parameter key. */
    public static long value(long parameterKey, String code) {
        return mix(parameterKey + GOLDEN * text(code));
    }

    /**
     * A code with its system; a code without a system counts as one in the system of no name. A fingerprint of the whole,
     * independent of {@link #value}: together they are 128 bits.
     */
    public static long token(@Nullable String system, String code) {
        return mix(text((system == null ? "" : system) + "|" + code));
    }

    /** All codes of one system under a parameter. */
    public static long systemOnly(SearchParameter parameter, String system) {
        return mix(~parameter(parameter) + GOLDEN * text(system));
    }

    /** A reference target that is not a resource of this server: negative, where numbers of resources are positive. */
    public static long externalTarget(String reference) {
        return text(reference) | Long.MIN_VALUE;
    }

    /** A unit of measure, by its system and code, or by its printed form alone. */
    public static long unit(@Nullable String system, String code) {
        return token(system, code);
    }

    /**
     * A text short enough for an index entry, which PostgreSQL limits to 2,704 bytes. What is cut off ends in a
     * fingerprint of the whole, so that two long texts are equal only if all of them is.
     */
    public static String indexed(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        // Never between the two halves of a character outside the basic plane.
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end) + Long.toHexString(text(text));
    }

    /** A 64-bit fingerprint of a text. */
    public static long text(String text) {
        return TEXT.hashBytes(text.getBytes(StandardCharsets.UTF_8)).asLong();
    }

    /** A bijection that spreads close numbers far apart (the finalizer of SplitMix64, Steele et al. 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
