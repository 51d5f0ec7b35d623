package org.countyhub.imaging.dicom;

import java.util.List;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** Where in a data set the reader is, for what it has to say. */
final class Place {
    private int[] tags = new int[8];
    private int[] items = new int[8];
    private int depth;
    private long position;

    void enter(int tag, long at) {
        if (depth == tags.length) {
            tags = java.util.Arrays.copyOf(tags, 2 * depth);
            items = java.util.Arrays.copyOf(items, 2 * depth);
        }
        tags[depth] = tag;
        items[depth++] = -1;
        position = at;
    }

    void item(int item) {
        items[depth - 1] = item;
    }

    void leave() {
        depth--;
    }

    ProblemException malformed(String why) {
        return malformed(toString(), why);
    }

    ProblemException tooLarge(String why) {
        return tooLarge(toString(), why);
    }

    static ProblemException malformed(String place, String why) {
        return new Problem.Malformed(List.of(Fault.at(place, "structure", why))).exception();
    }

    static ProblemException tooLarge(String place, String why) {
        return new Problem.TooLarge(List.of(Fault.at(place, "too-costly", why))).exception();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append(i == 0 ? "" : ".").append(Tag.text(tags[i]));
            if (items[i] >= 0) {
                text.append('[').append(items[i]).append(']');
            }
        }
        return text.append(depth == 0 ? "" : " ")
                .append("at byte ")
                .append(position)
                .toString();
    }
}
