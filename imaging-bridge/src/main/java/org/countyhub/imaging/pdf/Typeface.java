package org.countyhub.imaging.pdf;

import java.lang.ref.SoftReference;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * The letters of all files: Noto Sans SC, and Noto Sans for what it lacks, such as superscripts. They are parsed when the first file is made, and
 * given up when memory is short. Not for several threads at once: {@link PdfFile} has one file made at a time.
 */
public final class Typeface {
    /** Stands for a character that no font has. */
    static final int MISSING = '□';

    private static SoftReference<Typeface> parsed = new SoftReference<>(null);

    private final List<Face> faces;

    private Typeface(List<Face> faces) {
        this.faces = faces;
    }

    static synchronized Typeface get() {
        Typeface typeface = parsed.get();
        if (typeface == null) {
            typeface = new Typeface(List.of(Face.read("NotoSansSC-Regular.ttf"), Face.read("NotoSans-Regular.ttf")));
            parsed = new SoftReference<>(typeface);
        }
        return typeface;
    }

    List<Face> faces() {
        return faces;
    }

    /** The first font that has a character, by its number; -1 where none has. */
    int face(int character) {
        for (int i = 0; i < faces.size(); i++) {
            if (faces.get(i).has(character)) {
                return i;
            }
        }
        return -1;
    }

    private boolean has(int character) {
        return face(character) >= 0;
    }

    /**
     * What is shown of a text: no controls, no characters that only steer those around them, and □ for each character that no font has, so that
     * nothing of a name or a finding is lost unnoticed.
     */
    public String shown(String text) {
        // A letter and its accent are one character where there is such a one.
        String composed =
                text.codePoints().anyMatch(Lines::isMark) ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
        StringBuilder shown = new StringBuilder(composed.length());
        composed.codePoints()
                .map(this::shown)
                .filter(character -> character >= 0)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private int shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> Character.isWhitespace(character) ? ' ' : -1;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.SPACE_SEPARATOR -> has(character) ? character : ' ';
            case Character.FORMAT -> -1;
            case Character.PRIVATE_USE, Character.SURROGATE -> MISSING; // whoever has sent it means a font of his own
            default -> isVariation(character) ? -1 : has(character) ? character : equivalent(character);
        };
    }

    /** Selects a variant of the character before it; without it that one is shown as usual (Unicode section 23.4). */
    private static boolean isVariation(int character) {
        return (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xE0100 && character <= 0xE01EF);
    }

    /** Compatibility ideographs are canonically equivalent to unified ones (Unicode section 18.1). */
    private int equivalent(int character) {
        String canonical = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFC);
        int single = canonical.codePointAt(0);
        return Character.charCount(single) == canonical.length() && has(single) ? single : MISSING;
    }

    /** The characters of a text for which □ is shown, without repeats, as Unicode writes their numbers. */
    public List<String> missing(String text) {
        return text.codePoints()
                .distinct()
                .filter(character -> character != MISSING && shown(character) == MISSING)
                .mapToObj(character -> String.format(Locale.ROOT, "U+%04X", character))
                .toList();
    }

    /** Of the height of the letters; a character of which □ is shown is as wide as that. */
    double width(int character) {
        int face = face(character);
        return face < 0 ? faces.getFirst().width(MISSING) : faces.get(face).width(character);
    }

    /** How wide a text is that is shown, in the unit of its size. */
    public double width(String shown, double size) {
        return size * shown.codePoints().mapToDouble(this::width).sum();
    }

    /** The lines of a paragraph; none where nothing of it is shown. */
    public List<String> lines(String paragraph, double size, double room) {
        return Lines.of(shown(paragraph).strip(), size, room, this);
    }

    /** A text on one line; an ellipsis says that there was more. */
    public String within(String text, double size, double room) {
        String whole = shown(text).strip();
        if (width(whole, size) <= room) {
            return whole;
        }
        List<String> lines = Lines.of(whole, size, room - size, this);
        return lines.getFirst() + "…";
    }
}
