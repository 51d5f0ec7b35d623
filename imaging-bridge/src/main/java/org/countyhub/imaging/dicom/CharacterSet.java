package org.countyhub.imaging.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How the bytes of text become characters (PS3.5 section 6.1, PS3.3 section C.12.1.1.2). */
public final class CharacterSet {
    /** ISO-IR 6, what is meant where nothing is declared; bytes beyond it are read as ISO 8859-1, so that none is lost. */
    public static final CharacterSet DEFAULT = new CharacterSet(List.of(), StandardCharsets.ISO_8859_1);

    /** ISO_IR 192. */
    public static final CharacterSet UTF_8 = new CharacterSet(List.of("ISO_IR 192"), StandardCharsets.UTF_8);

    private final List<String> terms;
    private final Charset charset;

    private CharacterSet(List<String> terms, Charset charset) {
        this.terms = terms;
        this.charset = charset;
    }

    /** The defined terms of SpecificCharacterSet. */
    public List<String> terms() {
        return terms;
    }

    /** The characters of a value of that representation. */
    public String decode(byte[] value, Vr vr) {
        return vr.usesCharacterSet() ? new String(value, charset) : new String(value, StandardCharsets.ISO_8859_1);
    }

    public byte[] encode(String text) {
        return text.getBytes(charset);
    }
}
