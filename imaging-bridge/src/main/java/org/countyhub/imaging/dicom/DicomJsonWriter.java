package org.countyhub.imaging.dicom;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.countyhub.imaging.dicom.DicomJson.BulkLocator;

/** Writes the DICOM JSON model. */
final class DicomJsonWriter {
    /** The component groups of a person's name, in their order (PS3.5 section 6.2.1.2). */
    static final List<String> GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,12}");

    private final JsonGenerator json;
    private final BulkLocator locator;
    private final List<Integer> path = new ArrayList<>();

    DicomJsonWriter(JsonGenerator json, BulkLocator locator) {
        this.json = json;
        this.locator = locator;
    }

    /**
     * Writes a data set.
     *
     * @param around how text is read in what the data set is an item of
     */
    void object(Dataset dataset, CharacterSet around) throws IOException {
        json.writeStartObject();
        List<String> terms = terms(dataset, around);
        boolean declared = terms.isEmpty();
        for (Element element : dataset.elements()) {
            if (!declared && Integer.compareUnsigned(element.tag(), Tag.SpecificCharacterSet) >= 0) {
                characterSet(terms);
                declared = true;
            }
            boolean groupLength = Tag.element(element.tag()) == 0;
            boolean told = element.tag() == Tag.SpecificCharacterSet && !terms.isEmpty();
            if (!groupLength && !told) {
                element(dataset, element);
            }
        }
        json.writeEndObject();
    }

    /**
     * How the text of a data set was read, where it says so itself or where its text would be read in another way without; empty where
     * nothing is to be said, or nothing else than it says.
     */
    private static List<String> terms(Dataset dataset, CharacterSet around) {
        List<String> own = dataset.characterSet().terms();
        if (dataset.contains(Tag.SpecificCharacterSet)) {
            return own;
        }
        boolean root = around == CharacterSet.DEFAULT;
        if ((own.equals(around.terms()) && !root) || !CharacterDetection.matters(dataset)) {
            return List.of();
        }
        // Without a word of it, bytes beyond ASCII were read as Latin letters.
        return own.isEmpty() ? List.of("ISO_IR 100") : own;
    }

    private void characterSet(List<String> terms) throws IOException {
        json.writeObjectFieldStart(Tag.hex(Tag.SpecificCharacterSet));
        json.writeStringField("vr", Vr.CS.name());
        texts(terms, Vr.CS);
        json.writeEndObject();
    }

    private void element(Dataset dataset, Element element) throws IOException {
        json.writeObjectFieldStart(Tag.hex(element.tag()));
        json.writeStringField("vr", element.vr().name());
        switch (element) {
            case Element.Bytes bytes -> value(dataset, bytes);
            case Element.Items items -> items(items, dataset.characterSet());
            case Element.Bulk bulk -> json.writeStringField("BulkDataURI", locator.uri(bulk, path));
            case Element.Fragments pixels -> json.writeStringField("BulkDataURI", locator.uri(pixels, path));
        }
        json.writeEndObject();
    }

    private void items(Element.Items items, CharacterSet around) throws IOException {
        if (items.items().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("Value");
        path.add(items.tag());
        for (int i = 0; i < items.items().size(); i++) {
            path.add(i);
            object(items.items().get(i), around);
            path.removeLast();
        }
        path.removeLast();
        json.writeEndArray();
    }

    private void value(Dataset dataset, Element.Bytes element) throws IOException {
        if (element.value().length == 0) {
            return;
        }
        switch (element.vr()) {
            case OB, OD, OF, OL, OV, OW, UN ->
                json.writeStringField("InlineBinary", Base64.getEncoder().encodeToString(element.value()));
            case US, SS, UL, SL, SV, UV -> integers(dataset.integers(element.tag()), element.vr());
            case FL, FD -> decimals(dataset.decimals(element.tag()));
            case AT -> tags(element.value());
            case AE, AS, CS, DA, DS, DT, IS, LO, LT, PN, SH, ST, TM, UC, UI, UR, UT ->
                texts(dataset.strings(element.tag()), element.vr());
            case SQ -> throw new IllegalStateException("a sequence is no value");
        }
    }

    private void integers(long[] values, Vr vr) throws IOException {
        json.writeArrayFieldStart("Value");
        for (long value : values) {
            if (vr == Vr.UV && value < 0) {
                json.writeString(Long.toUnsignedString(value));
            } else {
                json.writeNumber(value);
            }
        }
        json.writeEndArray();
    }

    private void decimals(double[] values) throws IOException {
        json.writeArrayFieldStart("Value");
        for (double value : values) {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeString(Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf");
            }
        }
        json.writeEndArray();
    }

    private void tags(byte[] value) throws IOException {
        json.writeArrayFieldStart("Value");
        ByteBuffer buffer = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.remaining() >= 4) {
            json.writeString("%04X%04X".formatted(buffer.getShort() & 0xFFFF, buffer.getShort() & 0xFFFF));
        }
        json.writeEndArray();
    }

    /** An empty value among others is null (PS3.18 section F.2.5). */
    private void texts(List<String> values, Vr vr) throws IOException {
        if (values.size() == 1 && values.getFirst().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("Value");
        for (String value : values) {
            if (value.isEmpty()) {
                json.writeNull();
            } else if (vr == Vr.PN) {
                name(value);
            } else if (isNumber(value, vr)) {
                json.writeNumber(new BigDecimal(value));
            } else {
                json.writeString(value);
            }
        }
        json.writeEndArray();
    }

    private void name(String value) throws IOException {
        json.writeStartObject();
        String[] groups = value.split("=", GROUPS.size());
        for (int i = 0; i < groups.length; i++) {
            if (!groups[i].isEmpty()) {
                json.writeStringField(GROUPS.get(i), groups[i]);
            }
        }
        json.writeEndObject();
    }

    /** What is no number that its representation can hold is written as it is, in quotes (PS3.18 section F.2.3, note). */
    private static boolean isNumber(String value, Vr vr) {
        if (vr == Vr.IS) {
            return WHOLE.matcher(value).matches() && DicomJsonReader.isInt(Long.parseLong(value));
        }
        if (vr != Vr.DS) {
            return false;
        }
        try {
            // As digits it would be long.
            return Math.abs(new BigDecimal(value).scale()) <= 400 && Double.isFinite(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
