package org.countyhub.fhir.hl7v2.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Character sets of messages by their names in MSH-18 (HL7 table 0211), and the way from bytes to text. */
public final class MessageCharset {
    public static final Charset GB18030 = Charset.forName("GB18030");

    /**
     * GBK and GB 2312 are parts of GB 18030. UNICODE without a form can be UTF-8 only: bytes of UTF-16 are taken for the
     * marks of a frame.
     */
    private static final Map<String, Charset> BY_NAME = Map.ofEntries(
            Map.entry("UNICODE UTF-8", StandardCharsets.UTF_8),
            Map.entry("UNICODE", StandardCharsets.UTF_8),
            Map.entry("UTF-8", StandardCharsets.UTF_8),
            Map.entry("UTF8", StandardCharsets.UTF_8),
            Map.entry("GB 18030-2000", GB18030),
            Map.entry("GB18030-2000", GB18030),
            Map.entry("GB 18030", GB18030),
            Map.entry("GB18030", GB18030),
            Map.entry("GBK", GB18030),
            Map.entry("GB2312", GB18030),
            Map.entry("ASCII", StandardCharsets.US_ASCII));

    private MessageCharset() {}

    public static Optional<Charset> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.strip().toUpperCase(Locale.ROOT)));
    }

    /** The text that the bytes are; null when they are none in this character set. */
    public static @Nullable String decode(byte[] bytes, Charset charset) {
        return decode(bytes, bytes.length, charset);
    }

    static @Nullable String decode(byte[] bytes, int length, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
