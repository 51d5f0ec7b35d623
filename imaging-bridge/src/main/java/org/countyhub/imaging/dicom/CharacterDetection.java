package org.countyhub.imaging.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which character set text is that declares none beyond Latin letters, as many devices send Chinese. Each set that it may be is
 * given points for what the text would say in it: most for the characters that Chinese is written with daily, some for rare ones and for
 * Latin letters in the middle of words, none for a character that was cut off at the end of a value, and less than none for signs that
 * hardly stand in names and for what is no character at all. All text that is vague is read in one set.
 */
final class CharacterDetection {
    private static final Charset GB2312 = Charset.forName("GB2312");
    private static final int LAST_OF_LEVEL_1 = 0xD7;

    private static final Set<Character.UnicodeBlock> SIGNS = Set.of(
            Character.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS, Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION);

    private static final int DAILY = 3;
    private static final int LESS_COMMON = 2;
    private static final int RARE = 1;
    private static final int UNLIKELY = -2;
    private static final int STRANGE = -3;
    private static final int NONE = -10;

    private CharacterDetection() {}

    /** The set of all text that is vague; null where that is read as it declares. */
    static @Nullable CharacterSet of(Dataset dataset, @Nullable CharacterSet ofSource) {
        List<byte[]> texts = vague(dataset, new ArrayList<>());
        if (texts.isEmpty()) {
            return null;
        }
        int utf8 = points(texts, StandardCharsets.UTF_8);
        int chinese = points(texts, CharacterSet.GB18030);
        int latin = Math.max(0, points(texts, StandardCharsets.ISO_8859_1));
        if (utf8 > latin && utf8 >= chinese) {
            return CharacterSet.UTF_8;
        }
        if (ofSource == null || isUnicode(ofSource)) {
            return chinese > latin ? CharacterSet.GB18030 : null;
        }
        // Nothing is known here of how other scripts look, so the source is believed.
        return isChinese(ofSource) && chinese <= latin ? null : ofSource;
    }

    private static boolean isUnicode(CharacterSet set) {
        return set.terms().equals(CharacterSet.UTF_8.terms());
    }

    private static boolean isChinese(CharacterSet set) {
        return set.terms().contains("GB18030") || set.terms().contains("GBK");
    }

    /** Text beyond ASCII of all levels whose declaration is vague. */
    private static List<byte[]> vague(Dataset dataset, List<byte[]> texts) {
        boolean vague = dataset.characterSet().isVague();
        for (Element element : dataset.elements()) {
            switch (element) {
                case Element.Bytes(int ignored, Vr vr, byte[] value) -> {
                    if (vague && vr.usesCharacterSet() && hasHighByte(value)) {
                        texts.add(value);
                    }
                }
                case Element.Items(int ignored, List<Dataset> items) -> items.forEach(item -> vague(item, texts));
                case Element.Bulk ignored -> {}
                case Element.Fragments ignored -> {}
            }
        }
        return texts;
    }

    /** Whether any text of a data set is beyond ASCII, in its sequences too, so that it matters how it is read. */
    static boolean matters(Dataset dataset) {
        return dataset.elements().stream().anyMatch(element -> switch (element) {
            case Element.Bytes(int ignored, Vr vr, byte[] value) -> vr.usesCharacterSet() && hasHighByte(value);
            case Element.Items(int ignored, List<Dataset> items) ->
                items.stream().anyMatch(CharacterDetection::matters);
            case Element.Bulk ignored -> false;
            case Element.Fragments ignored -> false;
        });
    }

    private static boolean hasHighByte(byte[] text) {
        for (byte one : text) {
            if (one < 0) {
                return true;
            }
        }
        return false;
    }

    private static int points(List<byte[]> texts, CharacterSet set) {
        return points(texts, set.charset());
    }

    private static int points(List<byte[]> texts, Charset charset) {
        int points = 0;
        for (byte[] text : texts) {
            points += points(
                    new String(text, charset).stripTrailing().codePoints().toArray(), charset);
        }
        return points;
    }

    /** Each character counts as often as it has bytes beyond ASCII, so that sets with shorter characters have no advantage. */
    private static int points(int[] text, Charset charset) {
        int points = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\uFFFD') {
                points += i == text.length - 1 ? 0 : NONE;
            } else if (text[i] > 0x7F) {
                int bytes = highBytes(Character.toString(text[i]).getBytes(charset));
                points += bytes * (text[i] <= 0xFF ? latin(text, i) : asian(text[i]));
            }
        }
        return points;
    }

    private static int highBytes(byte[] character) {
        int count = 0;
        for (byte one : character) {
            count += one < 0 ? 1 : 0;
        }
        return count;
    }

    private static int asian(int character) {
        byte[] simplified = Character.toString(character).getBytes(GB2312);
        if (simplified.length == 2 && Character.isIdeographic(character)) {
            return (simplified[0] & 0xFF) <= LAST_OF_LEVEL_1 ? DAILY : LESS_COMMON;
        }
        return Character.isIdeographic(character) || isSign(character) ? RARE : STRANGE;
    }

    private static boolean isSign(int character) {
        Character.UnicodeBlock block = Character.UnicodeBlock.of(character);
        // Between blocks there are characters of none.
        return block != null && SIGNS.contains(block);
    }

    /** A small letter in a word with plain ones, or a capital at the beginning of one or among other capitals. */
    private static int latin(int[] text, int at) {
        int letter = text[at];
        if (!Character.isLetter(letter)) {
            return STRANGE;
        }
        int from = at;
        while (from > 0 && isLatin(text[from - 1])) {
            from--;
        }
        int to = at + 1;
        boolean plain = false;
        while (to < text.length && isLatin(text[to])) {
            to++;
        }
        for (int i = from; i < to; i++) {
            plain |= text[i] <= 0x7F;
        }
        boolean afterSmall = at > from && Character.isLowerCase(text[at - 1]);
        boolean afterCapitals =
                at - from >= 2 && Character.isUpperCase(text[at - 1]) && Character.isUpperCase(text[at - 2]);
        boolean fits = Character.isLowerCase(letter) ? !afterCapitals : !afterSmall;
        return plain && fits ? DAILY : UNLIKELY;
    }

    private static boolean isLatin(int character) {
        return character <= 0xFF && Character.isLetter(character);
    }
}
