package org.countyhub.imaging.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes inputs of others: the same ones in the same order for the same seed. */
final class Mutator {
    private static final int LONGEST = 1 << 20;
    private static final int MOST_CHANGES = 6;
    private static final long[] NUMBERS = {
        0, 1, -1, -2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000L
    };

    private final List<byte[]> seeds;
    private final Random random;

    Mutator(List<byte[]> seeds, long seed) {
        this.seeds = seeds;
        this.random = new Random(seed);
    }

    /** The next input. */
    byte[] next() {
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
            input = changed(input);
        }
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] changed(byte[] input) {
        if (input.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = place(input.length);
        switch (random.nextInt(8)) {
            case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> input[at] = (byte) random.nextInt();
            case 2 -> number(input, at);
            case 3 -> {
                return replaced(input, at, at + length(input.length - at), new byte[0]);
            }
            case 4 -> {
                byte[] copied = Arrays.copyOfRange(input, at, at + length(input.length - at));
                return replaced(input, place(input.length), -1, copied);
            }
            case 5 -> {
                byte[] noise = new byte[1 + random.nextInt(16)];
                random.nextBytes(noise);
                return replaced(input, at, -1, noise);
            }
            case 6 -> {
                return Arrays.copyOf(input, at);
            }
            default -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                return replaced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
            }
        }
        return input;
    }

    /** Rather at the beginning, where most is decided. */
    private int place(int length) {
        return random.nextInt(random.nextBoolean() ? length : Math.min(length, 512));
    }

    private int length(int left) {
        return 1 + random.nextInt(random.nextBoolean() ? left : Math.min(left, 64));
    }

    /** One of the numbers at which mistakes are made, of one to four bytes in either order. */
    private void number(byte[] input, int at) {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        int width = 1 << random.nextInt(3);
        boolean bigEndian = random.nextBoolean();
        for (int i = 0; i < width && at + i < input.length; i++) {
            input[at + i] = (byte) (number >> (8 * (bigEndian ? width - 1 - i : i)));
        }
    }

    /** @param to where what is replaced ends; -1 to replace nothing */
    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        int end = Math.max(from, to);
        byte[] all = Arrays.copyOf(input, from + by.length + input.length - end);
        System.arraycopy(by, 0, all, from, by.length);
        System.arraycopy(input, end, all, from + by.length, input.length - end);
        return all;
    }
}
