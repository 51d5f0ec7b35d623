package org.countyhub.imaging.ecg;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Text in a drawing: numbers, what of a text is shown, and about how wide it is. */
final class Text {
    /** Of the height of letters, about: a drawing is made without knowing the reader's fonts. */
    private static final double LATIN_WIDTH = 0.56;

    private static final int FIRST_WIDE = 0x1100;

    private Text() {}

    /** With at most three digits behind the point. */
    static String number(double value) {
        BigDecimal rounded =
                new BigDecimal(value).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /** On one line, without controls and without characters that turn the direction of what stands around them. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.replaceAll("\\s+", " ").strip().codePoints().filter(Text::isShown).forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** Whether a character is one to be seen, or a space. */
    static boolean isShown(int character) {
        boolean turns = (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        boolean none = (character & 0xFFFE) == 0xFFFE;
        return !(Character.isISOControl(character) || turns || surrogate || none);
    }

    private static double width(int character) {
        return character >= FIRST_WIDE && !(character >= 0x2000 && character < 0x2E80) ? 1 : LATIN_WIDTH;
    }

    /** About how wide a text is, in the unit of its size. */
    static double width(String text, double size) {
        return size * text.codePoints().mapToDouble(Text::width).sum();
    }

    /** What of a text has room; an ellipsis says that there was more. */
    static String within(String text, double size, double room) {
        if (width(text, size) <= room) {
            return text;
        }
        StringBuilder some = new StringBuilder();
        double used = size;
        for (int character : text.codePoints().toArray()) {
            used += size * width(character);
            if (used > room) {
                break;
            }
            some.appendCodePoint(character);
        }
        return some.append('…').toString();
    }

    /** Parts put on lines one after another; those beyond the last line are left out, which its end says. */
    static List<String> lines(List<String> parts, String between, double size, double room, int lines) {
        List<String> all = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : parts) {
            if (!line.isEmpty() && width(line + between + part, size) > room) {
                all.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : between).append(part);
        }
        if (!line.isEmpty()) {
            all.add(line.toString());
        }
        List<String> some = new ArrayList<>(all.subList(0, Math.min(lines, all.size())));
        some.replaceAll(one -> within(one, size, room));
        if (all.size() > lines) {
            some.set(lines - 1, within(some.getLast() + between + "…", size, room));
        }
        return some;
    }
}
