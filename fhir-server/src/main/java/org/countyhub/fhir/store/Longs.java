package org.countyhub.fhir.store;

import java.util.Arrays;
import java.util.Collection;

/** A column of numbers that grows. */
final class Longs {
    private long[] values = new long[64];
    private int size;

    static long[] of(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }

    int[] toInts() {
        return Arrays.stream(values, 0, size).mapToInt(Math::toIntExact).toArray();
    }

    short[] toShorts() {
        short[] shorts = new short[size];
        for (int i = 0; i < size; i++) {
            shorts[i] = (short) values[i];
        }
        return shorts;
    }
}
