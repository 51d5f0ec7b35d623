package org.countyhub.imaging.dicomweb;

import java.util.Arrays;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** The list of frames that a path names (PS3.18 section 10.1.1.4): numbers from 1 on, separated by commas. */
final class FrameNumbers {
    private static final int MAX = 10_000;

    private FrameNumbers() {}

    /** The frames, the first of an instance being 0. */
    static int[] parse(String list, int frames) {
        String[] parts = list.split(",", -1);
        if (parts.length > MAX) {
            throw Problem.malformed(Fault.at("frames", "too-long", "at most " + MAX + " frames are given at once"));
        }
        return Arrays.stream(parts).mapToInt(part -> one(part, frames)).toArray();
    }

    static int one(String part, int frames) {
        if (!part.matches("[0-9]{1,10}")) {
            throw Problem.malformed(Fault.at("frames", "value", "frames are numbers from 1 on, separated by commas"));
        }
        long number = Long.parseLong(part);
        if (number < 1 || number > frames) {
            throw Problem.notFound("there are frames 1 to " + frames);
        }
        return (int) number - 1;
    }
}
