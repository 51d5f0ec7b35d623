package org.countyhub.bench.imaging;

import java.util.SplittableRandom;

/** Pixels that look like a body before a noisy detector: they compress, but not to nothing, and no two images are the same. */
final class Noise {
    private static final int POOL_BYTES = 8 * 1024 * 1024;
    /** Eight bits of noise in each 16-bit sample, over a background that rises and falls. */
    private static final byte[] POOL = pool();

    private Noise() {}

    private static byte[] pool() {
        SplittableRandom random = new SplittableRandom(20_260_101);
        byte[] pool = new byte[POOL_BYTES];
        for (int i = 0; i < pool.length; i += 2) {
            int sample = 900 + (int) (400 * Math.sin(i / 40_000.0)) + random.nextInt(256);
            pool[i] = (byte) sample;
            pool[i + 1] = (byte) (sample >>> 8);
        }
        return pool;
    }

    /** An image of so many bytes, an even number, for a seed. */
    static byte[] image(long seed, int length) {
        byte[] image = new byte[length];
        SplittableRandom random = new SplittableRandom(seed);
        int position = 0;
        while (position < length) {
            int part = Math.min(length - position, POOL_BYTES / 2);
            System.arraycopy(POOL, 2 * random.nextInt((POOL_BYTES - part) / 2), image, position, part);
            position += part;
        }
        // Parts of the same pool may be the same; the seed in the corner is not.
        for (int i = 0; i < 8; i++) {
            image[2 * i] = (byte) (seed >>> (8 * i));
        }
        return image;
    }
}
