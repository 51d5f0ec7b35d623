package org.countyhub.imaging.dicom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.countyhub.imaging.dicom.DicomJson.Limits;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** Reads the DICOM JSON model token by token; what it holds is what it has made of it. */
final class DicomJsonReader {
    /** Of an item: its object, the object of its sequence and the array in that. Names have one more. */
    private static final int JSON_LEVELS_OF_AN_ITEM = 3;

    private static final int JSON_LEVELS_OF_THE_REST = 6;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_NUMBER = 500;
    private static final JsonFactory DEFAULT = factory(Limits.DEFAULT);

    private final Limits limits;
    private final boolean strict;
    private final StringBuilder place = new StringBuilder();
    private final JsonValues values;
    private int elements;
    private boolean beyondAscii;

    private DicomJsonReader(Limits limits, boolean strict) {
        this.limits = limits;
        this.strict = strict;
        this.values = new JsonValues(this, strict);
    }

    static Dataset one(InputStream in, Limits limits, boolean strict) throws IOException {
        DicomJsonReader reader = new DicomJsonReader(limits, strict);
        return reader.document(in, json -> {
            json.nextToken();
            return reader.root(json);
        });
    }

    static void all(InputStream in, Limits limits, Consumer<Dataset> to) throws IOException {
        DicomJsonReader reader = new DicomJsonReader(limits, true);
        reader.document(in, json -> {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw reader.malformed(json, "data sets come in an array");
            }
            for (int number = 0; json.nextToken() != JsonToken.END_ARRAY; number++) {
                if (number == limits.dataSets()) {
                    throw reader.tooLarge(json, "more than " + limits.dataSets() + " data sets");
                }
                reader.place.append('[').append(number).append(']');
                to.accept(reader.root(json));
                reader.place.setLength(0);
            }
            return Dataset.EMPTY;
        });
    }

    @FunctionalInterface
    private interface Part {
        Dataset read(JsonParser json) throws IOException;
    }

    private Dataset document(InputStream in, Part part) throws IOException {
        JsonFactory factory = limits.equals(Limits.DEFAULT) ? DEFAULT : factory(limits);
        try (JsonParser json = factory.createParser(new Bounded(in, limits.bytes()))) {
            Dataset dataset = part.read(json);
            if (json.nextToken() != null) {
                throw malformed(json, "something stands behind the end");
            }
            return dataset;
        } catch (StreamConstraintsException e) {
            throw Place.tooLarge(at(e.getLocation()), "it is deeper, or a name or number in it longer, than is taken");
        } catch (CharConversionException e) {
            throw Place.malformed("the JSON", "it is in no encoding of Unicode");
        } catch (JsonProcessingException e) {
            throw Place.malformed(
                    at(e.getLocation()),
                    e.getOriginalMessage().startsWith("Duplicate") ? "a name stands twice" : "this is no JSON");
        }
    }

    private static JsonFactory factory(Limits limits) {
        return JsonFactory.builder()
                .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // RFC 8259 section 8.1: nothing but UTF-8.
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                // Names are tags, of which there are many, and strangers' ones.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(JSON_LEVELS_OF_AN_ITEM * limits.depth() + JSON_LEVELS_OF_THE_REST)
                        .maxNameLength(LONGEST_NAME)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength((int) Math.min(limits.bytes(), Integer.MAX_VALUE))
                        .build())
                .build();
    }

    /** Ends with a refusal where the limit is. */
    private final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long limit) {
            super(in);
            left = limit;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            passed(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = in.read(bytes, from, length);
            passed(read);
            return read;
        }

        private void passed(int bytes) {
            left -= Math.max(bytes, 0);
            if (left < 0) {
                throw Place.tooLarge(place.toString(), "more than " + limits.bytes() + " bytes");
            }
        }
    }

    private Dataset root(JsonParser json) throws IOException {
        beyondAscii = false;
        Dataset dataset = dataset(json, 0);
        boolean declares = dataset.contains(Tag.SpecificCharacterSet);
        return beyondAscii && !declares
                ? dataset.toBuilder()
                        .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                        .build()
                : dataset;
    }

    private Dataset dataset(JsonParser json, int depth) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw malformed(json, "a data set is an object");
        }
        if (depth > limits.depth()) {
            throw tooLarge(json, "sequences deeper than " + limits.depth());
        }
        Dataset.Builder builder = Dataset.builder();
        int outside = place.length();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            int tag = tag(json, json.currentName());
            place.append(outside == 0 ? "" : ".").append(Tag.text(tag));
            if (++elements > limits.elements()) {
                throw tooLarge(json, "more than " + limits.elements() + " elements");
            }
            json.nextToken();
            Element element = element(json, tag, depth);
            if (element != null) {
                builder.set(element);
            }
            place.setLength(outside);
        }
        Dataset dataset = builder.build();
        // What its text is encoded in here.
        return dataset.contains(Tag.SpecificCharacterSet)
                ? dataset.toBuilder()
                        .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                        .build()
                : dataset;
    }

    private int tag(JsonParser json, String name) {
        int tag = hex(name);
        if (tag == -1 || Tag.group(tag) == 0xFFFE) {
            throw malformed(json, "an attribute is named by eight digits of its tag, 0 to 9 and A to F");
        }
        if (strict && Tag.element(tag) == 0) {
            throw malformed(json, "group lengths are none of the model (PS3.18 section F.2.2)");
        }
        return tag;
    }

    /** The number of eight upper-case hexadecimal digits; -1, which is no tag, for anything else. */
    static int hex(String digits) {
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = "0123456789ABCDEF".indexOf(digits.charAt(i));
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return digits.length() == 8 ? number : -1;
    }

    static boolean isInt(long number) {
        return number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE;
    }

    /** Null for one that only has an address, or is none of the model. */
    private @Nullable Element element(JsonParser json, int tag, int depth) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw malformed(json, "an attribute is an object");
        }
        Vr vr = null;
        Element element = null;
        TokenBuffer early = null;
        String member = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("vr")) {
                vr = Vr.of(text(json, "vr is text"))
                        .orElseThrow(() -> malformed(json, "there is no such value representation"));
                continue;
            }
            if (!name.equals("Value") && !name.equals("InlineBinary") && !name.equals("BulkDataURI")) {
                throw malformed(json, "an attribute has vr, Value, InlineBinary or BulkDataURI");
            }
            if (member != null) {
                throw malformed(json, "an attribute has " + member + " or " + name + ", not both");
            }
            member = name;
            if (vr == null) {
                early = new TokenBuffer(json).forceUseOfBigDecimal(true);
                early.copyCurrentStructure(json);
            } else {
                element = value(json, tag, vr, name, depth);
            }
        }
        if (vr == null) {
            throw malformed(json, "there is no vr");
        }
        if (early != null && member != null) {
            try (JsonParser again = early.asParser(json)) {
                again.nextToken();
                element = value(again, tag, vr, member, depth);
            }
        }
        if (member == null) {
            element = vr == Vr.SQ ? new Element.Items(tag, List.of()) : new Element.Bytes(tag, vr, new byte[0]);
        }
        return Tag.element(tag) == 0 ? null : element;
    }

    private @Nullable Element value(JsonParser json, int tag, Vr vr, String member, int depth) throws IOException {
        return switch (member) {
            case "BulkDataURI" -> {
                text(json, "BulkDataURI is text");
                yield null;
            }
            case "InlineBinary" -> new Element.Bytes(tag, vr, values.binary(json, vr));
            default -> {
                if (json.currentToken() != JsonToken.START_ARRAY) {
                    throw malformed(json, "Value is an array");
                }
                yield vr == Vr.SQ
                        ? new Element.Items(tag, items(json, depth))
                        : new Element.Bytes(tag, vr, values.encoded(json, vr));
            }
        };
    }

    private List<Dataset> items(JsonParser json, int depth) throws IOException {
        List<Dataset> items = new ArrayList<>();
        int outside = place.length();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            place.append('[').append(items.size()).append(']');
            items.add(dataset(json, depth + 1));
            place.setLength(outside);
        }
        return items;
    }

    String text(JsonParser json, String otherwise) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw malformed(json, otherwise);
        }
        return json.getText();
    }

    void noteBeyondAscii() {
        beyondAscii = true;
    }

    ProblemException malformed(JsonParser json, String why) {
        return Place.malformed(at(json.currentLocation()), why);
    }

    private ProblemException tooLarge(JsonParser json, String why) {
        return Place.tooLarge(at(json.currentLocation()), why);
    }

    /** Line and column are missing where a fault has none, or what is looked at came before its representation. */
    private String at(@Nullable JsonLocation location) {
        String where = location == null || location.getLineNr() < 1
                ? ""
                : "at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return place.isEmpty() ? where : where.isEmpty() ? place.toString() : place + " " + where;
    }
}
