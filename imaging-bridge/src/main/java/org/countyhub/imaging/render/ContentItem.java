package org.countyhub.imaging.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;

/**
 * A content item of a structured report (PS3.3 section C.17.3) in words.
 *
 * @param name its concept; empty where it has none
 * @param value empty for a container
 * @param items in it, in their order
 */
record ContentItem(String name, String value, List<ContentItem> items) {
    private static final int MAX_POINTS = 20;

    ContentItem {
        items = List.copyOf(items);
    }

    /** The item that a data set is: of the whole document, its root. */
    static ContentItem of(Dataset item) {
        List<ContentItem> items = new ArrayList<>();
        for (Dataset inner : item.items(Tag.ContentSequence)) {
            items.add(of(inner));
        }
        return new ContentItem(concept(item, Tag.ConceptNameCodeSequence), value(item), items);
    }

    /** By value type (PS3.3 table C.17.3-7); one that no edition knows has no words. */
    private static String value(Dataset item) {
        return switch (item.string(Tag.ValueType, "")) {
            case "TEXT" -> text(item, Tag.TextValue);
            case "CODE" -> coded(item, Tag.ConceptCodeSequence);
            case "NUM" -> number(item);
            case "DATETIME" -> Words.dateTime(text(item, Tag.DateTime));
            case "DATE" -> Words.date(text(item, Tag.Date));
            case "TIME" -> Words.time(text(item, Tag.Time));
            case "PNAME" -> Words.personName(text(item, Tag.PersonName));
            case "UIDREF" -> text(item, Tag.UID);
            case "COMPOSITE", "IMAGE", "WAVEFORM" -> reference(item);
            case "SCOORD" -> text(item, Tag.GraphicType) + points(item, Tag.GraphicData, 2);
            case "SCOORD3D" -> text(item, Tag.GraphicType) + points(item, Tag.GraphicData, 3);
            case "TCOORD" -> text(item, Tag.TemporalRangeType);
            case "" -> pointer(item);
            default -> "";
        };
    }

    private static String text(Dataset item, int tag) {
        return String.join("\\", item.strings(tag)).strip();
    }

    /** The meaning of a code; its value where it has none. */
    private static String concept(Dataset item, int sequence) {
        Dataset code = first(item, sequence);
        String meaning = code.string(Tag.CodeMeaning);
        return meaning == null ? code.string(Tag.CodeValue, "") : meaning;
    }

    /** With the code itself, as a value may be asked for by it. */
    private static String coded(Dataset item, int sequence) {
        Dataset code = first(item, sequence);
        String value = code.string(Tag.CodeValue);
        String meaning = concept(item, sequence);
        return value == null || value.equals(meaning)
                ? meaning
                : meaning + " (" + value + ", " + code.string(Tag.CodingSchemeDesignator, "") + ")";
    }

    /** As it is written, with its unit as people read it; why there is none where there is none. */
    private static String number(Dataset item) {
        Dataset measured = first(item, Tag.MeasuredValueSequence);
        String value = text(measured, Tag.NumericValue);
        if (value.isEmpty()) {
            return concept(item, Tag.NumericValueQualifierCodeSequence);
        }
        Dataset unit = first(measured, Tag.MeasurementUnitsCodeSequence);
        String code = unit.string(Tag.CodeValue, "");
        // 1 is UCUM's unit of what has none.
        return code.isEmpty() || code.equals("1") ? value : value + " " + code;
    }

    private static String reference(Dataset item) {
        return item.items(Tag.ReferencedSOPSequence).stream()
                .map(one -> {
                    String uid = one.string(Tag.ReferencedSOPInstanceUID, "");
                    String frames = text(one, Tag.ReferencedFrameNumber).replace("\\", ", ");
                    return frames.isEmpty() ? uid : uid + " (" + frames + ")";
                })
                .collect(Collectors.joining(", "));
    }

    private static String points(Dataset item, int tag, int dimensions) {
        double[] values = item.decimals(tag);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i + dimensions <= Math.min(values.length, MAX_POINTS * dimensions); i += dimensions) {
            points.append(" (")
                    .append(Arrays.stream(values, i, i + dimensions)
                            .mapToObj(value -> Float.toString((float) value))
                            .collect(Collectors.joining(", ")))
                    .append(')');
        }
        return values.length > MAX_POINTS * dimensions ? points.append(" …").toString() : points.toString();
    }

    /** An item that stands elsewhere in the document (PS3.3 section C.17.3.2.5): its place, counted from 1. */
    private static String pointer(Dataset item) {
        long[] place = item.integers(Tag.ReferencedContentItemIdentifier);
        return place.length == 0
                ? ""
                : "→ " + Arrays.stream(place).mapToObj(Long::toString).collect(Collectors.joining("."));
    }

    private static Dataset first(Dataset item, int sequence) {
        List<Dataset> items = item.items(sequence);
        return items.isEmpty() ? Dataset.EMPTY : items.getFirst();
    }
}
