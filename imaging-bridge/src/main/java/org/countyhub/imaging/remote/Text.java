package org.countyhub.imaging.remote;

import org.jspecify.annotations.Nullable;

/** Text of DICOM headers as a string of FHIR (R4 section 2.24.0.1). */
final class Text {
    private static final int MAX = 1_000;

    private Text() {}

    /** Without controls and what is no character, without spaces around it, within bounds; null where nothing is left. */
    static @Nullable String clean(@Nullable String sent) {
        if (sent == null) {
            return null;
        }
        StringBuilder kept = new StringBuilder(sent.length());
        sent.codePoints()
                .limit(MAX)
                .map(c -> Character.isWhitespace(c) ? ' ' : c)
                .filter(c -> !Character.isISOControl(c) && Character.isDefined(c) && !isSurrogate(c))
                .forEach(kept::appendCodePoint);
        String text = kept.toString().strip();
        return text.isEmpty() ? null : text;
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
