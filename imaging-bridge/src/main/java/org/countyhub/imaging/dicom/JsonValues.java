package org.countyhub.imaging.dicom;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/** The bytes of values of the DICOM JSON model (PS3.18 sections F.2.3 to F.2.7). */
final class JsonValues {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,20}");

    private final DicomJsonReader reader;
    private final boolean strict;

    JsonValues(DicomJsonReader reader, boolean strict) {
        this.reader = reader;
        this.strict = strict;
    }

    /** The bytes of InlineBinary. */
    byte[] binary(JsonParser json, Vr vr) throws IOException {
        switch (vr) {
            case OB, OD, OF, OL, OV, OW, UN -> {}
            case AE,
                    AS,
                    AT,
                    CS,
                    DA,
                    DS,
                    DT,
                    FD,
                    FL,
                    IS,
                    LO,
                    LT,
                    PN,
                    SH,
                    SL,
                    SQ,
                    SS,
                    ST,
                    SV,
                    TM,
                    UC,
                    UI,
                    UL,
                    UR,
                    US,
                    UT,
                    UV -> throw reader.malformed(json, vr + " has no InlineBinary (PS3.18 section F.2.7)");
        }
        try {
            return even(Base64.getDecoder().decode(reader.text(json, "InlineBinary is text")), vr);
        } catch (IllegalArgumentException e) {
            throw reader.malformed(json, "InlineBinary is no Base64");
        }
    }

    /** The bytes of an array of values. */
    byte[] encoded(JsonParser json, Vr vr) throws IOException {
        return switch (vr) {
            case US -> integers(json, 2, 0, 0xFFFFL);
            case SS -> integers(json, 2, Short.MIN_VALUE, Short.MAX_VALUE);
            case UL -> integers(json, 4, 0, 0xFFFFFFFFL);
            case SL -> integers(json, 4, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case SV, UV -> very(json, vr);
            case FL, FD -> decimals(json, vr);
            case AT -> tags(json);
            case AE, AS, CS, DA, DS, DT, IS, LO, LT, PN, SH, ST, TM, UC, UI, UR, UT -> texts(json, vr);
            case OB, OD, OF, OL, OV, OW, UN ->
                throw reader.malformed(json, vr + " has InlineBinary or BulkDataURI (PS3.18 section F.2.2)");
            case SQ -> throw new IllegalStateException("a sequence is no value");
        };
    }

    private byte[] integers(JsonParser json, int width, long low, long high) throws IOException {
        Growing bytes = new Growing();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            BigInteger number = whole(json, false);
            if (number.bitLength() > 63 || number.longValue() < low || number.longValue() > high) {
                throw reader.malformed(json, "a number is from " + low + " to " + high);
            }
            bytes.number(number.longValue(), width);
        }
        return bytes.toByteArray();
    }

    /** 64 bits; in quotes too, since not every number of JSON comes through whole. */
    private byte[] very(JsonParser json, Vr vr) throws IOException {
        Growing bytes = new Growing();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            BigInteger number = whole(json, true);
            boolean fits = vr == Vr.SV ? number.bitLength() <= 63 : number.signum() >= 0 && number.bitLength() <= 64;
            if (!fits) {
                throw reader.malformed(json, "a number is of 64 bits, " + (vr == Vr.SV ? "signed" : "unsigned"));
            }
            bytes.number(number.longValue(), 8);
        }
        return bytes.toByteArray();
    }

    private BigInteger whole(JsonParser json, boolean quoted) throws IOException {
        boolean number = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                || (quoted && json.currentToken() == JsonToken.VALUE_STRING);
        String text = number ? json.getText() : "";
        if (!WHOLE.matcher(text).matches()) {
            throw reader.malformed(json, "a value is a whole number, and not a longer one than any representation has");
        }
        return new BigInteger(text);
    }

    private byte[] decimals(JsonParser json, Vr vr) throws IOException {
        Growing bytes = new Growing();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            double value = decimal(json, vr);
            if (vr == Vr.FL) {
                bytes.number(Float.floatToIntBits((float) value), 4);
            } else {
                bytes.number(Double.doubleToLongBits(value), 8);
            }
        }
        return bytes.toByteArray();
    }

    private double decimal(JsonParser json, Vr vr) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return switch (json.getText()) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "NaN" -> Double.NaN;
                default -> throw reader.malformed(json, "a value is a number, or \"NaN\", \"inf\" or \"-inf\"");
            };
        }
        if (!json.currentToken().isNumeric()) {
            throw reader.malformed(json, "a value is a number");
        }
        double value = Double.parseDouble(json.getText());
        if (!Double.isFinite(vr == Vr.FL ? (float) value : value)) {
            throw reader.malformed(json, "a number is larger than " + vr + " can hold");
        }
        return value;
    }

    private byte[] tags(JsonParser json) throws IOException {
        Growing bytes = new Growing();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String text = reader.text(json, "a tag is text");
            int tag = DicomJsonReader.hex(text);
            if (tag == -1 && !text.equals("FFFFFFFF")) {
                throw reader.malformed(json, "a tag has eight digits, 0 to 9 and A to F");
            }
            bytes.number(Tag.group(tag), 2);
            bytes.number(Tag.element(tag), 2);
        }
        return bytes.toByteArray();
    }

    private byte[] texts(JsonParser json, Vr vr) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int count = 0; json.nextToken() != JsonToken.END_ARRAY; count++) {
            if (count > 0) {
                if (!vr.isSeparated()) {
                    throw reader.malformed(json, vr + " has one value");
                }
                all.append('\\');
            }
            String value = json.currentToken() == JsonToken.VALUE_NULL ? "" : value(json, vr);
            if (vr.isSeparated() && value.indexOf('\\') >= 0) {
                throw reader.malformed(json, "a backslash would part the value (PS3.18 section F.2.4)");
            }
            all.append(value);
        }
        return even(encoded(json, all, vr), vr);
    }

    private String value(JsonParser json, Vr vr) throws IOException {
        if (vr == Vr.PN) {
            return name(json);
        }
        if ((vr == Vr.IS || vr == Vr.DS) && json.currentToken().isNumeric()) {
            return written(json, vr);
        }
        return reader.text(json, "a value is " + (vr == Vr.IS || vr == Vr.DS ? "a number or text" : "text"));
    }

    private String written(JsonParser json, Vr vr) throws IOException {
        String text = json.getText();
        if (strict && vr == Vr.IS) {
            BigInteger number = whole(json, false);
            if (number.bitLength() > 31) {
                throw reader.malformed(json, "a number is from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
            }
        } else if (strict && !Double.isFinite(Double.parseDouble(text))) {
            throw reader.malformed(json, "a number is larger than anybody can hold");
        }
        return text;
    }

    private String name(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw reader.malformed(json, "a name is an object");
        }
        String[] groups = {"", "", ""};
        while (json.nextToken() != JsonToken.END_OBJECT) {
            int group = DicomJsonWriter.GROUPS.indexOf(json.currentName());
            json.nextToken();
            if (group < 0) {
                throw reader.malformed(json, "a name has " + String.join(", ", DicomJsonWriter.GROUPS));
            }
            groups[group] = reader.text(json, "a part of a name is text");
            // What stands behind the third sign is the last group's, as it is written.
            if (group < groups.length - 1 && groups[group].indexOf('=') >= 0) {
                throw reader.malformed(json, "a part of a name has no =");
            }
        }
        return String.join("=", groups).replaceFirst("=+$", "");
    }

    private byte[] encoded(JsonParser json, CharSequence text, Vr vr) {
        // The others are of the default repertoire; Latin letters in them are wrong, but come so from devices.
        Charset charset = vr.usesCharacterSet() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            if (vr.usesCharacterSet() && bytes.length > text.length()) {
                reader.noteBeyondAscii();
            }
            return bytes;
        } catch (CharacterCodingException e) {
            throw reader.malformed(json, "a character that " + vr + " cannot hold");
        }
    }

    private static byte[] even(byte[] bytes, Vr vr) {
        if (bytes.length % 2 == 0) {
            return bytes;
        }
        byte[] even = Arrays.copyOf(bytes, bytes.length + 1);
        even[bytes.length] = vr.padding();
        return even;
    }

    private static final class Growing extends ByteArrayOutputStream {
        void number(long number, int width) {
            for (int i = 0; i < width; i++) {
                write((int) (number >>> (8 * i)));
            }
        }
    }
}
