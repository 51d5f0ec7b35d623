package org.countyhub.bench.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** In which characters a data set is written (PS3.3 section C.12.1.1.2). */
public enum CharacterSet {
    GB18030("GB18030", Charset.forName("GB18030")),
    UTF_8("ISO_IR 192", StandardCharsets.UTF_8);

    private final String term;
    private final Charset charset;

    CharacterSet(String term, Charset charset) {
        this.term = term;
        this.charset = charset;
    }

    /** The defined term of SpecificCharacterSet (0008,0005). */
    String term() {
        return term;
    }

    byte[] encode(String text) {
        return text.getBytes(charset);
    }
}
