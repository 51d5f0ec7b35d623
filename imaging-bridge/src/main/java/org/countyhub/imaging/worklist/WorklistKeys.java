package org.countyhub.imaging.worklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The identifier of a worklist query (PS3.4 section K.4.1.1.3): which items it matches, and what of them it wants. Matching is that of PS3.4
 * section C.2.2.2: single values, lists of UIDs, wildcards, ranges of dates and times, sequences; an empty key matches anything.
 */
public record WorklistKeys(Dataset identifier) {
    private static final int MAX_LENGTH = 1_024;

    /** What its source is asked for; the rest is matched here. */
    public WorklistSource.Wanted wanted() {
        List<Dataset> steps = identifier.items(Tag.ScheduledProcedureStepSequence);
        Dataset step = steps.isEmpty() ? Dataset.EMPTY : steps.getFirst();
        String dates = step.string(Tag.ScheduledProcedureStepStartDate, "");
        int dash = dates.indexOf('-');
        return new WorklistSource.Wanted(
                plain(step.string(Tag.ScheduledStationAETitle)),
                plain(step.string(Tag.Modality)),
                some(dash < 0 ? dates : dates.substring(0, dash)),
                some(dash < 0 ? dates : dates.substring(dash + 1)),
                plain(identifier.string(Tag.PatientID)),
                plain(identifier.string(Tag.AccessionNumber)));
    }

    private static @Nullable String some(String text) {
        return text.isBlank() ? null : text.strip();
    }

    /** A value without wildcards. */
    private static @Nullable String plain(@Nullable String value) {
        return value == null || value.contains("*") || value.contains("?") ? null : value;
    }

    public boolean matches(Dataset item) {
        return matches(identifier, item);
    }

    private static boolean matches(Dataset keys, Dataset item) {
        for (Element key : keys.elements()) {
            boolean matches =
                    switch (key) {
                        case Element.Items items ->
                            items.items().isEmpty()
                                    || item.items(items.tag()).stream()
                                            .anyMatch(inner ->
                                                    matches(items.items().getFirst(), inner));
                        case Element.Bytes bytes -> matches(bytes, keys.strings(bytes.tag()), item);
                        case Element.Bulk bulk -> throw tooLong(bulk.tag());
                        case Element.Fragments fragments -> throw tooLong(fragments.tag());
                    };
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(Element.Bytes key, List<String> values, Dataset item) {
        List<String> wanted = values.stream().filter(value -> !value.isBlank()).toList();
        if (wanted.isEmpty()
                || key.tag() == Tag.SpecificCharacterSet
                || !key.vr().isText()) {
            return true;
        }
        List<String> there = item.strings(key.tag());
        return switch (key.vr()) {
            case UI -> there.stream().anyMatch(wanted::contains);
            case DA, TM -> there.stream().anyMatch(value -> inRange(wanted.getFirst(), value));
            case PN -> there.stream().anyMatch(value -> name(key.tag(), wanted.getFirst(), value));
            default -> there.stream().anyMatch(value -> wildcard(key.tag(), wanted.getFirst(), value));
        };
    }

    /** A bound that says less than the value, such as an hour, holds for all that begins with it. */
    private static boolean inRange(String range, String value) {
        int dash = range.indexOf('-');
        if (value.isEmpty()) {
            return false;
        }
        if (dash < 0) {
            return value.startsWith(range) || range.startsWith(value);
        }
        String low = range.substring(0, dash).strip();
        String high = range.substring(dash + 1).strip();
        return (low.isEmpty() || value.compareTo(low) >= 0)
                && (high.isEmpty()
                        || value.substring(0, Math.min(value.length(), high.length()))
                                        .compareTo(high)
                                <= 0);
    }

    /** Any of the groups of a name, without regard to case (PS3.4 section C.2.2.2.1). */
    private static boolean name(int tag, String pattern, String value) {
        String folded = pattern.toUpperCase(Locale.ROOT).replaceFirst("\\^+$", "");
        for (String group : value.toUpperCase(Locale.ROOT).split("=", -1)) {
            if (wildcard(tag, folded, group.replaceFirst("\\^+$", ""))) {
                return true;
            }
        }
        return wildcard(tag, folded, value.toUpperCase(Locale.ROOT));
    }

    private static boolean wildcard(int tag, String pattern, String value) {
        if (pattern.length() > MAX_LENGTH) {
            throw tooLong(tag);
        }
        if (!pattern.contains("*") && !pattern.contains("?")) {
            return pattern.equals(value);
        }
        return matches(pattern, value);
    }

    /** Greedy with one place to return to, so that no pattern takes more than its length times that of the value. */
    private static boolean matches(String pattern, String value) {
        int p = 0;
        int v = 0;
        int star = -1;
        int from = 0;
        while (v < value.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = v;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == value.charAt(v))) {
                p++;
                v++;
            } else if (star >= 0) {
                p = star + 1;
                v = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static RuntimeException tooLong(int tag) {
        return new Problem.TooLarge(List.of(Fault.at(Tag.text(tag), "too-long", "key too long"))).exception();
    }

    /** What of an item was asked for: keys that it has not are empty. */
    public Dataset answer(Dataset item) {
        return answer(identifier, item).toBuilder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .build();
    }

    private static Dataset answer(Dataset keys, Dataset item) {
        Dataset.Builder answer = Dataset.builder();
        for (Element key : keys.elements()) {
            Element there = item.element(key.tag());
            if (key instanceof Element.Items items && there instanceof Element.Items found) {
                // A sequence that is asked for without saying what of it is given whole.
                List<Dataset> inner = new ArrayList<>(found.items());
                if (!items.items().isEmpty()
                        && !items.items().getFirst().elements().isEmpty()) {
                    inner.replaceAll(one -> answer(items.items().getFirst(), one));
                }
                answer.set(key.tag(), inner);
            } else if (there != null) {
                answer.set(there);
            } else {
                answer.set(
                        key instanceof Element.Items
                                ? new Element.Items(key.tag(), List.of())
                                : new Element.Bytes(key.tag(), key.vr(), new byte[0]));
            }
        }
        return answer.build();
    }
}
