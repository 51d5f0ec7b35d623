package org.countyhub.imaging.dicomweb;

/**
 * The CRC-32 of texts one behind the other from those of each, without their bytes: appending zeros multiplies by a power of x modulo the polynomial
 * (the method of zlib's crc32_combine, by powers of x of powers of two).
 */
final class Crc32Join {
    /** x^32 + x^26 + … + 1 with its bits in the order in which CRC-32 shifts them; x^0 is the highest bit. */
    private static final int POLYNOMIAL = 0xEDB88320;

    private static final int ONE = 1 << 31;
    /** x to the power of 2^k, by k. */
    private static final int[] POWERS = powers();

    private Crc32Join() {}

    private static int[] powers() {
        int[] powers = new int[32];
        powers[0] = 1 << 30;
        for (int k = 1; k < powers.length; k++) {
            powers[k] = product(powers[k - 1], powers[k - 1]);
        }
        return powers;
    }

    private static int product(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((left & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
        }
        return product;
    }

    /** @param length of what {@code second} is the CRC of, in bytes */
    static int joined(int first, int second, long length) {
        int factor = ONE;
        // x^(8 × length); the powers repeat after 2^32 - 1.
        int k = 3;
        for (long rest = length; rest != 0; rest >>>= 1) {
            if ((rest & 1) == 1) {
                factor = product(POWERS[k & 31], factor);
            }
            k++;
        }
        return product(factor, first) ^ second;
    }
}
