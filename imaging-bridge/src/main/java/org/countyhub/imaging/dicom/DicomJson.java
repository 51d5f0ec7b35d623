package org.countyhub.imaging.dicom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The DICOM JSON model (PS3.18 annex F). */
public final class DicomJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String[] GROUPS = {"Alphabetic", "Ideographic", "Phonetic"};

    private DicomJson() {}

    /** Where a value is found that is not in memory. */
    @FunctionalInterface
    public interface BulkLocator {
        /**
         * An address.
         *
         * @param path of the sequences around the element: tag and number of item, in turn
         */
        String uri(Element element, List<Integer> path);
    }

    /** Writes a data set as one object; text is UTF-8 whatever it was. */
    public static void write(Dataset dataset, OutputStream out, BulkLocator locator) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new Writer(json, locator).object(dataset);
        }
    }

    private static final class Writer {
        private final JsonGenerator json;
        private final BulkLocator locator;
        private final List<Integer> path = new ArrayList<>();

        Writer(JsonGenerator json, BulkLocator locator) {
            this.json = json;
            this.locator = locator;
        }

        void object(Dataset dataset) throws IOException {
            json.writeStartObject();
            for (Element element : dataset.elements()) {
                json.writeObjectFieldStart(Tag.hex(element.tag()));
                json.writeStringField("vr", element.vr().name());
                switch (element) {
                    case Element.Bytes bytes -> value(dataset, bytes);
                    case Element.Items items -> items(items);
                    case Element.Bulk bulk -> json.writeStringField("BulkDataURI", locator.uri(bulk, path));
                    case Element.Fragments pixels -> json.writeStringField("BulkDataURI", locator.uri(pixels, path));
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }

        private void items(Element.Items items) throws IOException {
            if (items.items().isEmpty()) {
                return;
            }
            json.writeArrayFieldStart("Value");
            path.add(items.tag());
            for (int i = 0; i < items.items().size(); i++) {
                path.add(i);
                object(items.items().get(i));
                path.removeLast();
            }
            path.removeLast();
            json.writeEndArray();
        }

        private void value(Dataset dataset, Element.Bytes element) throws IOException {
            if (element.value().length == 0) {
                return;
            }
            if (element.tag() == Tag.SpecificCharacterSet) {
                texts(List.of("ISO_IR 192"), element.vr());
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

        private void texts(List<String> values, Vr vr) throws IOException {
            if (values.stream().allMatch(String::isEmpty)) {
                return;
            }
            json.writeArrayFieldStart("Value");
            for (String value : values) {
                if (value.isEmpty()) {
                    json.writeNull();
                } else if (vr == Vr.PN) {
                    name(value);
                } else if (vr == Vr.IS || vr == Vr.DS) {
                    number(value);
                } else {
                    json.writeString(value);
                }
            }
            json.writeEndArray();
        }

        private void name(String value) throws IOException {
            json.writeStartObject();
            String[] groups = value.split("=", GROUPS.length);
            for (int i = 0; i < groups.length; i++) {
                if (!groups[i].isEmpty()) {
                    json.writeStringField(GROUPS[i], groups[i]);
                }
            }
            json.writeEndObject();
        }

        /** What is no number is written as it is. */
        private void number(String value) throws IOException {
            try {
                BigDecimal number = new BigDecimal(value);
                if (Math.abs(number.scale()) > 400) {
                    json.writeString(value);
                } else {
                    json.writeNumber(number);
                }
            } catch (NumberFormatException e) {
                json.writeString(value);
            }
        }
    }

    /** The data set of one object; values that only have an address are left out. */
    public static Dataset read(InputStream in, DatasetReader.Limits limits) throws IOException {
        try {
            return dataset(MAPPER.readTree(in), "", limits.depth());
        } catch (JsonProcessingException e) {
            throw Place.malformed("line " + e.getLocation().getLineNr(), "this is no JSON");
        } catch (CharConversionException e) {
            throw Place.malformed("", "this is in no encoding of Unicode");
        }
    }

    private static Dataset dataset(JsonNode object, String place, int depth) {
        if (!object.isObject() || depth < 0) {
            throw Place.malformed(place, depth < 0 ? "sequences are too deep" : "a data set is an object");
        }
        Dataset.Builder builder = Dataset.builder();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            element(field.getKey(), field.getValue(), place + field.getKey(), depth)
                    .ifPresent(builder::set);
        }
        return builder.build();
    }

    private static Optional<Element> element(String name, JsonNode attribute, String place, int depth) {
        if (!name.matches("[0-9A-Fa-f]{8}")) {
            throw Place.malformed(place, "an attribute is named by eight hexadecimal digits");
        }
        int tag = Integer.parseUnsignedInt(name, 16);
        Vr vr = Vr.of(attribute.path("vr").asText())
                .orElseThrow(() -> Place.malformed(place + ".vr", "there is no value representation"));
        if (attribute.has("BulkDataURI")) {
            return Optional.empty();
        }
        JsonNode values = attribute.path("Value");
        if (vr == Vr.SQ) {
            List<Dataset> items = new ArrayList<>();
            for (JsonNode item : values) {
                items.add(dataset(item, place + "[" + items.size() + "].", depth - 1));
            }
            return Optional.of(new Element.Items(tag, items));
        }
        if (attribute.has("InlineBinary")) {
            return Optional.of(new Element.Bytes(
                    tag, vr, binary(attribute.path("InlineBinary").asText(), place)));
        }
        return Optional.of(new Element.Bytes(tag, vr, encoded(vr, values, place)));
    }

    private static byte[] binary(String text, String place) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Place.malformed(place + ".InlineBinary", "this is no Base64");
        }
    }

    private static byte[] encoded(Vr vr, JsonNode values, String place) {
        try {
            return encoded(vr, values);
        } catch (NumberFormatException e) {
            throw Place.malformed(place + ".Value", "this is no value of representation " + vr);
        }
    }

    private static byte[] encoded(Vr vr, JsonNode values) {
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.max(4, vr.width()) * values.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode value : values) {
            switch (vr) {
                case US, SS -> buffer.putShort((short) value.asInt());
                case UL, SL -> buffer.putInt((int) value.asLong());
                case SV, UV ->
                    buffer.putLong(value.isTextual() ? Long.parseUnsignedLong(value.asText()) : value.asLong());
                case FL -> buffer.putFloat((float) decimal(value));
                case FD -> buffer.putDouble(decimal(value));
                case AT -> {
                    int tag = Integer.parseUnsignedInt(value.asText(), 16);
                    buffer.putShort((short) Tag.group(tag)).putShort((short) Tag.element(tag));
                }
                case AE,
                        AS,
                        CS,
                        DA,
                        DS,
                        DT,
                        IS,
                        LO,
                        LT,
                        OB,
                        OD,
                        OF,
                        OL,
                        OV,
                        OW,
                        PN,
                        SH,
                        SQ,
                        ST,
                        TM,
                        UC,
                        UI,
                        UN,
                        UR,
                        UT -> {
                    return text(vr, values);
                }
            }
        }
        return java.util.Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static double decimal(JsonNode value) {
        return switch (value.asText()) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> value.asDouble();
        };
    }

    private static byte[] text(Vr vr, JsonNode values) {
        String text = StreamSupport.stream(values.spliterator(), false)
                .map(value -> vr == Vr.PN ? name(value) : value.isNull() ? "" : value.asText())
                .collect(Collectors.joining("\\"));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length % 2 == 1) {
            bytes = java.util.Arrays.copyOf(bytes, bytes.length + 1);
            bytes[bytes.length - 1] = vr.padding();
        }
        return bytes;
    }

    private static String name(JsonNode value) {
        List<String> groups = new ArrayList<>();
        for (String group : GROUPS) {
            groups.add(value.path(group).asText(""));
        }
        while (!groups.isEmpty() && groups.getLast().isEmpty()) {
            groups.removeLast();
        }
        return String.join("=", groups);
    }
}
