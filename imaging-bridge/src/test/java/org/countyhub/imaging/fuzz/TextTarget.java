package org.countyhub.imaging.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.dicom.CharacterSet;
import org.countyhub.imaging.dicom.Vr;

/** Text in every character set. The first byte of an input chooses the set. */
final class TextTarget implements FuzzTarget {
    private static final List<List<String>> SETS = sets();

    private static List<List<String>> sets() {
        List<List<String>> sets = new ArrayList<>();
        for (String single : List.of(
                "",
                "GB18030",
                "ISO_IR 192",
                "ISO_IR 13",
                "ISO_IR 166",
                "ISO_IR 100",
                "ISO_IR 126",
                "ISO_IR 203",
                "?")) {
            sets.add(List.of(single));
        }
        for (int set : new int[] {6, 13, 58, 87, 100, 101, 109, 110, 126, 127, 138, 144, 148, 149, 159, 166}) {
            sets.add(List.of("", "ISO 2022 IR " + set));
            sets.add(List.of("ISO 2022 IR " + set));
        }
        sets.add(List.of("ISO 2022 IR 13", "ISO 2022 IR 87", "ISO 2022 IR 159"));
        sets.add(List.of("ISO 2022 IR 6", "ISO 2022 IR 58", "ISO 2022 IR 149", "GB18030"));
        return sets;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < SETS.size(); i++) {
            for (byte[] text : List.of(
                    "Wang^XiaoDong=\u738b^\u5c0f\u4e1c=".getBytes(Charset.forName("GB18030")),
                    "Yamada^Tarou=\u001b$B;3ED\u001b(B^\u001b$BB@O:\u001b(B".getBytes(StandardCharsets.ISO_8859_1),
                    "Hong=\u001b$)C\u00fb\u00f3^\u001b$)C\u00d1\u00ce".getBytes(StandardCharsets.ISO_8859_1),
                    "Zhang=\u001b$)A\u00d5\u00c5^\u001b$)A\u00d0\u00a1".getBytes(StandardCharsets.ISO_8859_1))) {
                seeds.add(Seeds.prefixed(i, text));
            }
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) {
        if (input.length == 0) {
            return;
        }
        CharacterSet set = CharacterSet.of(SETS.get((input[0] & 0xFF) % SETS.size()));
        byte[] value = Arrays.copyOfRange(input, 1, input.length);
        for (Vr vr : List.of(Vr.PN, Vr.LT, Vr.CS)) {
            String text = set.decode(value, vr);
            if (text.length() > 2 * value.length + 2) {
                throw new AssertionError(value.length + " bytes became " + text.length() + " characters");
            }
            set.encode(text);
        }
    }
}
