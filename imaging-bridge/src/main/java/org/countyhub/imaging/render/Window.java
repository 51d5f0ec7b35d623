package org.countyhub.imaging.render;

import java.util.List;
import java.util.Optional;
import org.countyhub.kernel.Problem;

/** A window of values to be seen (PS3.3 section C.11.2.1.2). */
public record Window(double center, double width, Function function) {
    /** VOI LUT Function (PS3.3 section C.11.2.1.3); PS3.18 section 8.3.5.1.4 writes its terms small and with hyphens. */
    public enum Function {
        LINEAR,
        LINEAR_EXACT,
        SIGMOID;

        static Optional<Function> of(String term) {
            return switch (term) {
                case "LINEAR", "linear" -> Optional.of(LINEAR);
                case "LINEAR_EXACT", "linear-exact" -> Optional.of(LINEAR_EXACT);
                case "SIGMOID", "sigmoid" -> Optional.of(SIGMOID);
                default -> Optional.empty();
            };
        }
    }

    /** The value of the parameter {@code window}: {@code center,width[,function]}; Problem.BadSearch where it is none. */
    public static Window parse(String value) {
        List<String> parts = List.of(value.split(",", -1));
        if (parts.size() == 2 || parts.size() == 3) {
            Optional<Function> function = parts.size() == 2 ? Optional.of(Function.LINEAR) : Function.of(parts.get(2));
            try {
                Window window = new Window(
                        Double.parseDouble(parts.get(0)),
                        Double.parseDouble(parts.get(1)),
                        function.orElseThrow(NumberFormatException::new));
                if (window.isPossible()) {
                    return window;
                }
            } catch (NumberFormatException e) {
                // Said below, with the form that is right.
            }
        }
        throw Problem.badSearch(
                "window",
                "center,width or center,width,function, with the function linear, linear-exact or sigmoid and a width of at least 1 for linear");
    }

    boolean isPossible() {
        return Double.isFinite(center)
                && Double.isFinite(width)
                && (function == Function.LINEAR ? width >= 1 : width > 0);
    }

    /** Where a value lies between black (0) and white (1). */
    double apply(double value) {
        return switch (function) {
            case LINEAR -> {
                double low = center - 0.5 - (width - 1) / 2;
                double high = center - 0.5 + (width - 1) / 2;
                yield value <= low ? 0 : value > high ? 1 : (value - (center - 0.5)) / (width - 1) + 0.5;
            }
            case LINEAR_EXACT -> Math.clamp((value - center) / width + 0.5, 0, 1);
            case SIGMOID -> 1 / (1 + Math.exp(-4 * (value - center) / width));
        };
    }
}
