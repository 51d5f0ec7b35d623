package org.countyhub.imaging.dicomweb;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes of a representation are asked for (RFC 9110 section 14). */
sealed interface ByteRange {
    Pattern ONE = Pattern.compile("bytes\\s*=\\s*([0-9]*)\\s*-\\s*([0-9]*)");

    /** All of them, also where what is asked for is several ranges, or no range: whoever asks must be ready for that. */
    record All() implements ByteRange {}

    record Part(long first, long length) implements ByteRange {}

    /** It begins behind the end. */
    record Beyond() implements ByteRange {}

    static ByteRange of(@Nullable String header, long size) {
        if (header == null) {
            return new All();
        }
        Matcher range = ONE.matcher(header.strip());
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return new All();
        }
        if (range.group(1).isEmpty()) {
            long suffix = Math.min(number(range.group(2)), size);
            return suffix == 0 ? new Beyond() : new Part(size - suffix, suffix);
        }
        long first = number(range.group(1));
        long last = range.group(2).isEmpty() ? Long.MAX_VALUE - 1 : number(range.group(2));
        if (last < first) {
            return new All();
        }
        return first >= size ? new Beyond() : new Part(first, Math.min(last, size - 1) - first + 1);
    }

    /** More digits than a long has mean more bytes than there are. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 18 ? Long.MAX_VALUE - 1 : Long.parseLong(significant);
    }
}
