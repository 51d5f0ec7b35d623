package org.countyhub.imaging.ecg;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.render.Language;
import org.jspecify.annotations.Nullable;

/**
 * What a recording says of itself (PS3.3 section C.10.10): measurements and statements about the whole, as its device made them. Nothing is
 * measured or concluded here; a heart rate that is not stated is the inverse of the stated RR interval, and says so.
 *
 * @param measurements the well-known ones in their usual order, then others; ready to be shown
 * @param statements texts, in their order
 */
record Annotations(List<String> measurements, List<String> statements) {
    private static final int MAX_MEASUREMENTS = 24;
    private static final int MAX_STATEMENTS = 40;
    private static final double MILLISECONDS_OF_A_MINUTE = 60_000;

    /** The well-known measurements, by codes of SCP-ECG and IEEE 11073-10102 (PS3.16 CID 3689), or by what a code means. */
    private enum Known {
        HEART_RATE("", "(ventricular |mean |average )?(heart|ventricular|pulse) rate"),
        PR("5.13.5-7 2:15872", "p[rq][ -](interval|duration|time period).*"),
        QRS("5.13.5-9 2:16156", "qrs[ -](duration|interval|width).*"),
        QT("5.13.5-11 2:16160", "qt[ -](interval|duration).*"),
        QTC("5.10.2.5-5", "(corrected qt|qtc)([ -](interval|duration).*)?"),
        P_AXIS("5.10.3-11", "p([ -]wave)?[ -](frontal )?axis"),
        QRS_AXIS("5.10.3-13", "(qrs|r)([ -]wave)?[ -](frontal )?axis"),
        T_AXIS("5.10.3-15", "t([ -]wave)?[ -](frontal )?axis"),
        RR("5.10.2.1-3 2:16000", "(mean |average )?rr[ -](interval|duration|time period).*");

        private final String codes;
        private final String meaning;

        Known(String codes, String meaning) {
            this.codes = codes;
            this.meaning = meaning;
        }

        boolean matches(String code, String said) {
            return (!code.isEmpty() && List.of(codes.split(" ", -1)).contains(code))
                    || said.toLowerCase(Locale.ROOT).matches(meaning);
        }

        String in(Language language) {
            return switch (this) {
                case HEART_RATE -> Term.HEART_RATE.in(language);
                case P_AXIS -> Term.P_AXIS.in(language);
                case QRS_AXIS -> Term.QRS_AXIS.in(language);
                case T_AXIS -> Term.T_AXIS.in(language);
                case QTC -> "QTc";
                case PR, QRS, QT, RR -> name();
            };
        }
    }

    private record Value(String number, String unit) {
        @Override
        public String toString() {
            return number + (unit.equals("°") || unit.isEmpty() ? unit : " " + unit);
        }
    }

    static Annotations of(Dataset dataset, Language language) {
        Map<Known, Value> known = new EnumMap<>(Known.class);
        List<String> others = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        for (Dataset item : dataset.items(Tag.WaveformAnnotationSequence)) {
            if (!isOfTheWhole(item)) {
                continue;
            }
            String text = Text.shown(item.string(Tag.UnformattedTextValue, ""));
            Dataset concept = first(item, Tag.ConceptNameCodeSequence);
            String meaning = Text.shown(concept.string(Tag.CodeMeaning, ""));
            if (item.decimals(Tag.NumericValue).length > 0) {
                measurement(item, concept.string(Tag.CodeValue, ""), meaning, known, others);
            } else if (!text.isEmpty()) {
                statements.add(text);
            } else {
                String coded = Text.shown(first(item, Tag.ConceptCodeSequence).string(Tag.CodeMeaning, ""));
                if (!coded.isEmpty()) {
                    statements.add(meaning.isEmpty() ? coded : meaning + ": " + coded);
                }
            }
        }
        List<String> measurements = new ArrayList<>();
        @Nullable Value rr = known.get(Known.RR);
        if (!known.containsKey(Known.HEART_RATE) && rr != null && rr.unit().equals("ms")) {
            long rate = Math.round(MILLISECONDS_OF_A_MINUTE / Double.parseDouble(rr.number()));
            measurements.add(Term.HEART_RATE.in(language) + " " + rate + " /min (" + Term.FROM_RR.in(language) + ")");
        }
        known.forEach((which, value) -> measurements.add(which.in(language) + " " + value));
        measurements.addAll(others);
        return new Annotations(
                measurements.stream().limit(MAX_MEASUREMENTS).toList(),
                statements.stream().limit(MAX_STATEMENTS).toList());
    }

    /** Neither of one moment nor of some channels. */
    private static boolean isOfTheWhole(Dataset item) {
        long[] channels = item.integers(Tag.ReferencedWaveformChannels);
        boolean ofSome = false;
        for (int i = 1; i < channels.length; i += 2) {
            ofSome |= channels[i] != 0;
        }
        return !ofSome
                && !item.contains(Tag.ReferencedSamplePositions)
                && !item.contains(Tag.ReferencedTimeOffsets)
                && !item.contains(Tag.ReferencedDateTime);
    }

    private static void measurement(
            Dataset item, String code, String meaning, Map<Known, Value> known, List<String> others) {
        String unit = unit(first(item, Tag.MeasurementUnitsCodeSequence).string(Tag.CodeValue, ""));
        double number = item.decimals(Tag.NumericValue)[0];
        // Devices write 0 for an interval that they did not find.
        if (!Double.isFinite(number) || (number == 0 && unit.equals("ms"))) {
            return;
        }
        Value value = new Value(Text.number(number), unit);
        for (Known one : Known.values()) {
            if (one.matches(code, meaning)) {
                known.putIfAbsent(one, value);
                return;
            }
        }
        if (!meaning.isEmpty()) {
            others.add(meaning + " " + value);
        }
    }

    private static String unit(String ucum) {
        return switch (ucum) {
            case "deg" -> "°";
            case "{H.B.}/min", "{beats}/min", "{beat}/min", "bpm", "/min", "1/min" -> "/min";
            case "1", "{1}" -> "";
            default -> Text.shown(ucum);
        };
    }

    private static Dataset first(Dataset dataset, int sequence) {
        List<Dataset> items = dataset.items(sequence);
        return items.isEmpty() ? Dataset.EMPTY : items.getFirst();
    }
}
