package org.countyhub.bench.county;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Things of which one is drawn by chance, each as often as its weight says. Immutable. */
final class Lot<T> {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private final List<T> things;
    private final int[] cumulativeWeights;

    private Lot(List<T> things, int[] cumulativeWeights) {
        this.things = things;
        this.cumulativeWeights = cumulativeWeights;
    }

    /** A lot of at least one thing with a positive weight. */
    static <T> Lot<T> of(List<T> things, ToIntFunction<T> weight) {
        int[] cumulative = new int[things.size()];
        int sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            sum += weight.applyAsInt(things.get(i));
            cumulative[i] = sum;
        }
        if (sum <= 0) {
            throw new IllegalArgumentException("a lot needs something to draw");
        }
        return new Lot<>(List.copyOf(things), cumulative);
    }

    T draw(RandomGenerator random) {
        int ticket = random.nextInt(cumulativeWeights[cumulativeWeights.length - 1]);
        int found = Arrays.binarySearch(cumulativeWeights, ticket + 1);
        return things.get(found >= 0 ? firstWith(found) : -found - 1);
    }

    // Things of weight zero repeat the sum before them; the first of equal sums is the one that holds the ticket.
    private int firstWith(int found) {
        int i = found;
        while (i > 0 && cumulativeWeights[i - 1] == cumulativeWeights[found]) {
            i--;
        }
        return i;
    }

    static <T> T any(List<T> things, RandomGenerator random) {
        return things.get(random.nextInt(things.size()));
    }

    static boolean chance(double probability, RandomGenerator random) {
        return random.nextDouble() < probability;
    }

    /** Each thing kept with the probability, at least one when there is any. */
    static <T> List<T> some(List<T> things, double probability, RandomGenerator random) {
        List<T> kept = new ArrayList<>();
        for (T thing : things) {
            if (chance(probability, random)) {
                kept.add(thing);
            }
        }
        if (kept.isEmpty() && !things.isEmpty()) {
            kept.add(any(things, random));
        }
        return Collections.unmodifiableList(kept);
    }

    /** The generator of one seed: the same numbers on every machine and release of Java. */
    static RandomGenerator generator(long seed) {
        return GENERATORS.create(seed);
    }

    /** A seed made of a seed and what it is for, so that neighbours share nothing (SplitMix64's finaliser). */
    static long seed(long seed, long purpose) {
        long z = seed + (purpose + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
