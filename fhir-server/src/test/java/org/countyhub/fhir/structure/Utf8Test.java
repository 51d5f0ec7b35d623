package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    private static final byte[] LEADS = {0x41, (byte) 0xC2, (byte) 0xE0, (byte) 0xED, (byte) 0xF0, (byte) 0xF4};

    @Test
    void everyCharacterIsValid() {
        String all = new StringBuilder()
                .appendCodePoint(1)
                .appendCodePoint(0x7F)
                .appendCodePoint(0x80)
                .appendCodePoint(0x7FF)
                .appendCodePoint(0x800)
                .appendCodePoint(0xD7FF)
                .appendCodePoint(0xE000)
                .appendCodePoint(0xFFFF)
                .appendCodePoint(0x10000)
                .appendCodePoint(0x10FFFF)
                .toString();

        assertThat(firstInvalid(all.getBytes(StandardCharsets.UTF_8))).isEqualTo(-1);
    }

    @Test
    void nulIsNot() {
        assertThat(firstInvalid(new byte[] {'a', 0})).isEqualTo(1);
    }

    @Test
    void agreesWithTheDecoderOfThePlatform() {
        Random random = new Random(1);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(5)];
            random.nextBytes(bytes);
            bytes[0] = LEADS[random.nextInt(LEADS.length)];
            for (int i = 1; i < bytes.length; i++) {
                bytes[i] = random.nextInt(4) > 0 ? (byte) (0x80 | (bytes[i] & 0x3F)) : bytes[i];
            }

            boolean valid = decodes(bytes) && new String(bytes, StandardCharsets.UTF_8).indexOf('\0') < 0;

            assertThat(firstInvalid(bytes) < 0).as("%s", (Object) bytes).isEqualTo(valid);
        }
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int firstInvalid(byte[] bytes) {
        return Utf8.firstInvalid(bytes, 0, bytes.length);
    }
}
