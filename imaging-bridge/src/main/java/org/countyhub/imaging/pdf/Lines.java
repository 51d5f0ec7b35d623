package org.countyhub.imaging.pdf;

import java.util.ArrayList;
import java.util.List;

/**
 * Where lines end. Between Chinese characters anywhere, but no closing mark begins a line, no opening one ends it, and a dash or an ellipsis stays whole
 * (GB/T 15834-2011 section 5.1); between other letters at spaces, and within a word that is longer than a line.
 */
final class Lines {
    private static final String NEVER_FIRST = "。．，、；：？！”’）］｝〕】》〉」』〗～·•‧–-/%‰℃°′″!),.:;?]}»›％";
    private static final String NEVER_LAST = "“‘（［｛〔【《〈「『〖([{«‹/￥¥$№";
    private static final String NEVER_APART = "—…⋯─";

    private static final int FIRST_WIDE = 0x2E80;

    private Lines() {}

    /** @param text that is shown, as {@link Typeface#shown} makes it */
    static List<String> of(String text, double size, double room, Typeface typeface) {
        int[] all = text.codePoints().toArray();
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < all.length) {
            double used = 0;
            int last = from;
            int end = from;
            while (end < all.length) {
                used += size * typeface.width(all[end]);
                // Spaces at the end of a line take no room.
                if (used > room && end > from && !Character.isWhitespace(all[end])) {
                    break;
                }
                end++;
                if (end < all.length && mayPart(all[end - 1], all[end])) {
                    last = end;
                }
            }
            if (end < all.length) {
                end = last > from ? last : whole(all, from, end);
            }
            lines.add(new String(all, from, end - from).stripTrailing());
            from = end;
        }
        return lines;
    }

    /** An end that leaves no accent without its letter. */
    private static int whole(int[] all, int from, int end) {
        int before = end;
        while (before > from + 1 && isMark(all[before])) {
            before--;
        }
        return isMark(all[before]) ? end : before;
    }

    private static boolean mayPart(int before, int after) {
        if (Character.isWhitespace(after) || isMark(after)) {
            return false;
        }
        if (Character.isWhitespace(before)) {
            return true;
        }
        if (NEVER_FIRST.indexOf(after) >= 0
                || NEVER_LAST.indexOf(before) >= 0
                || (before == after && NEVER_APART.indexOf(after) >= 0)) {
            return false;
        }
        return isWide(before) || isWide(after) || (before == '-' && Character.isLetter(after));
    }

    private static boolean isWide(int character) {
        return character >= FIRST_WIDE || NEVER_APART.indexOf(character) >= 0;
    }

    /** An accent or other mark on the character before it. */
    static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
