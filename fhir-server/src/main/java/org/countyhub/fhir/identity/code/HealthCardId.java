package org.countyhub.fhir.identity.code;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The ID of an e-health card, made from a paper and the person's index on the national platform: with f the exclusive or
 * of the index's four groups of eight bytes, the user key is SM4(root key, f ‖ ¬f) and the card ID SM4(user key, paper).
 * Whoever has the root key and the index gets the number of the paper back.
 *
 * @param hex 64 hexadecimal digits, upper case; throws IllegalArgumentException, which does not repeat them, otherwise
 */
public record HealthCardId(String hex) {
    private static final Pattern SHAPE = Pattern.compile("[0-9A-F]{64}");
    private static final Pattern PAPER = Pattern.compile("[0-9]{2}[\\x21-\\x7E]{1,30}");
    private static final int INDEX_BYTES = 32;
    private static final int GROUP_BYTES = 8;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    public HealthCardId {
        if (!SHAPE.matcher(hex).matches()) {
            throw new IllegalArgumentException("an e-health card ID has 64 hexadecimal digits");
        }
    }

    /**
     * The ID of the card issued on a paper.
     *
     * @param index the person's index, 64 hexadecimal digits
     * @param paperKind two digits, CV02.01.101, such as 01 for the resident ID
     * @param paperNumber up to 30 ASCII characters; throws IllegalArgumentException, which does not repeat it, otherwise
     */
    public static HealthCardId of(RootKey rootKey, String index, String paperKind, String paperNumber) {
        if (!SHAPE.matcher(CodeText.fold(index)).matches()) {
            throw new IllegalArgumentException("the index of a person has 64 hexadecimal digits");
        }
        String paper = paperKind + CodeText.fold(paperNumber);
        if (!PAPER.matcher(paper).matches()) {
            throw new IllegalArgumentException(
                    "a paper has a kind of two digits and a number of 1 to 30 ASCII characters");
        }
        byte[] userKey = rootKey.encrypt(factor(HEX.parseHex(CodeText.fold(index))));
        byte[] padded = Arrays.copyOf(paper.getBytes(StandardCharsets.US_ASCII), INDEX_BYTES);
        try {
            return new HealthCardId(HEX.formatHex(Sm4.encrypt(userKey, padded)));
        } finally {
            Arrays.fill(userKey, (byte) 0);
        }
    }

    /** f ‖ ¬f. */
    private static byte[] factor(byte[] index) {
        byte[] factor = new byte[2 * GROUP_BYTES];
        for (int i = 0; i < INDEX_BYTES; i++) {
            factor[i % GROUP_BYTES] ^= index[i];
        }
        for (int i = 0; i < GROUP_BYTES; i++) {
            factor[GROUP_BYTES + i] = (byte) ~factor[i];
        }
        return factor;
    }

    /** Without the ID: it can be turned back into the number of a paper. */
    @Override
    public String toString() {
        return "HealthCardId[…]";
    }
}
