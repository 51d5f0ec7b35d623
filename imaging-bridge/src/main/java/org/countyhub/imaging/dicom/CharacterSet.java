package org.countyhub.imaging.dicom;

import java.nio.BufferOverflowException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.aoju.bus.image.galaxy.data.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/** How the bytes of text become characters (PS3.5 section 6.1, PS3.3 section C.12.1.1.2). */
public final class CharacterSet {
    /** ISO-IR 6, what is meant where nothing is declared; bytes beyond it are read as ISO 8859-1, so that none is lost. */
    public static final CharacterSet DEFAULT = new CharacterSet(List.of(), StandardCharsets.ISO_8859_1, null);

    /** ISO_IR 192. */
    public static final CharacterSet UTF_8 = new CharacterSet(List.of("ISO_IR 192"), StandardCharsets.UTF_8, null);

    /** GB18030, of which GBK and GB 2312 are parts. */
    public static final CharacterSet GB18030 = new CharacterSet(List.of("GB18030"), Charset.forName("GB18030"), null);

    /** At which every switch of sets ends (PS3.5 section 6.1.2.5.3). */
    private static final String DELIMITERS = "^=\\";

    private final List<String> terms;

    /** Null where several are switched between by escape sequences. */
    private final @Nullable Charset charset;

    private final @Nullable SpecificCharacterSet switched;

    private CharacterSet(List<String> terms, @Nullable Charset charset, @Nullable SpecificCharacterSet switched) {
        this.terms = terms;
        this.charset = charset;
        this.switched = switched;
    }

    /** The character set of these defined terms; those that the standard does not have count as {@link #DEFAULT}. */
    public static CharacterSet of(List<String> terms) {
        if (terms.isEmpty() || (terms.size() == 1 && terms.getFirst().isEmpty())) {
            return DEFAULT;
        }
        if (terms.size() == 1 && !terms.getFirst().startsWith("ISO 2022")) {
            Charset single = single(terms.getFirst());
            return single == null ? DEFAULT : new CharacterSet(List.copyOf(terms), single, null);
        }
        return new CharacterSet(List.copyOf(terms), null, SpecificCharacterSet.valueOf(terms.toArray(String[]::new)));
    }

    private static @Nullable Charset single(String term) {
        return switch (term) {
            case "ISO_IR 192" -> StandardCharsets.UTF_8;
            case "GB18030", "GBK" -> Charset.forName("GB18030");
            case "ISO_IR 6", "ISO_IR 100" -> StandardCharsets.ISO_8859_1;
            case "ISO_IR 101" -> Charset.forName("ISO-8859-2");
            case "ISO_IR 109" -> Charset.forName("ISO-8859-3");
            case "ISO_IR 110" -> Charset.forName("ISO-8859-4");
            case "ISO_IR 144" -> Charset.forName("ISO-8859-5");
            case "ISO_IR 127" -> Charset.forName("ISO-8859-6");
            case "ISO_IR 126" -> Charset.forName("ISO-8859-7");
            case "ISO_IR 138" -> Charset.forName("ISO-8859-8");
            case "ISO_IR 148" -> Charset.forName("ISO-8859-9");
            case "ISO_IR 203" -> Charset.forName("ISO-8859-15");
            case "ISO_IR 13" -> Charset.forName("JIS_X0201");
            case "ISO_IR 166" -> Charset.forName("TIS-620");
            default -> null;
        };
    }

    /** Whether it says no more than what is meant without any declaration, or Latin letters, as devices do that send Chinese. */
    boolean isVague() {
        return terms.stream().allMatch(term -> term.isEmpty() || term.equals("ISO_IR 6") || term.equals("ISO_IR 100"));
    }

    /** The defined terms of SpecificCharacterSet. */
    public List<String> terms() {
        return terms;
    }

    /** How all of its text is encoded, where nothing is switched between. */
    Charset charset() {
        return java.util.Objects.requireNonNull(charset);
    }

    /** The characters of a value of that representation. */
    public String decode(byte[] value, Vr vr) {
        if (!vr.usesCharacterSet()) {
            return new String(value, StandardCharsets.ISO_8859_1);
        }
        return charset != null
                ? new String(value, charset)
                : java.util.Objects.requireNonNull(switched).decode(value);
    }

    /** The bytes of text; question marks for what the set does not have, or has only behind a switch to another. */
    public byte[] encode(String text) {
        if (charset != null) {
            return text.getBytes(charset);
        }
        try {
            return java.util.Objects.requireNonNull(switched).encode(text, DELIMITERS);
        } catch (BufferOverflowException e) {
            // The toolkit reads switches of sets and has no room to write them.
            return text.codePoints()
                    .mapToObj(one -> one < 0x80 ? Character.toString(one) : "?")
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }
}
