package org.countyhub.bench.county;

import java.util.List;
import java.util.random.RandomGenerator;

/** The region in which a resident ID was given out: the first six digits (GB/T 2260). */
final class Region {
    /** 福建省泉州市南安市. */
    static final String NANAN = "350583";

    private static final List<String> ELSEWHERE =
            List.of("350582", "350524", "350525", "350502", "350581", "350212", "360702", "522401", "511502", "500101");
    private static final double SHARE_BORN_HERE = 0.93;

    private Region() {}

    /** Mostly Nan'an, sometimes a neighbour or a province people come from for work. */
    static String draw(RandomGenerator random) {
        return Lot.chance(SHARE_BORN_HERE, random) ? NANAN : Lot.any(ELSEWHERE, random);
    }
}
