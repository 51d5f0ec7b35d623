package org.countyhub.fhir.search.index;

import static org.countyhub.fhir.search.index.Conversion.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.countyhub.fhir.search.index.IndexValue.Number;
import org.countyhub.fhir.search.index.IndexValue.Quantity;
import org.countyhub.fhir.structure.TypeDefinition;
import org.jspecify.annotations.Nullable;

/**
 * QUANTITY and NUMBER parameters: FHIR R4 sections 3.1.1.4.11 and 3.1.1.4.6. SampledData contributes nothing: the
 * samples of a curve are not results that anyone looks for by value.
 */
final class AmountConversion {
    /** Of money, whose code is its currency (FHIR R4 section 2.24.0.9). */
    private static final String CURRENCIES = "urn:iso:std:iso:4217";

    /** Numbers with more digits than this before or after the point are not indexed. */
    private static final int MAX_DIGITS = 100;

    private AmountConversion() {}

    static @Nullable Conversion quantity(TypeDefinition leaf) {
        return switch (leaf.name()) {
            case "Quantity", "SimpleQuantity", "Age", "Duration", "Count", "Distance" -> AmountConversion::amount;
            case "Money" -> AmountConversion::money;
            case "Range" -> AmountConversion::range;
            default -> null;
        };
    }

    static @Nullable Conversion number(TypeDefinition leaf) {
        return switch (leaf.name()) {
            case "decimal", "integer", "positiveInt", "unsignedInt" -> AmountConversion::plain;
            case "Range" -> AmountConversion::numbers;
            default -> null;
        };
    }

    /** A comparator makes an amount open: {@code <5} is anything up to 5. */
    private static void amount(JsonNode amount, SearchParameter parameter, IndexSink sink) {
        BigDecimal value = number(amount.get("value"));
        if (value == null) {
            return;
        }
        String comparator = amount.path("comparator").asText();
        sink.value(
                parameter,
                unit(comparator.startsWith("<") ? null : value, comparator.startsWith(">") ? null : value, amount));
    }

    private static void money(JsonNode money, SearchParameter parameter, IndexSink sink) {
        BigDecimal value = number(money.get("value"));
        if (value != null) {
            String currency = text(money.get("currency"));
            sink.value(parameter, new Quantity(value, value, currency == null ? null : CURRENCIES, currency, null));
        }
    }

    private static void range(JsonNode range, SearchParameter parameter, IndexSink sink) {
        BigDecimal low = number(range.path("low").get("value"));
        BigDecimal high = number(range.path("high").get("value"));
        if ((low != null || high != null) && ordered(low, high)) {
            sink.value(parameter, unit(low, high, range.path(low == null ? "high" : "low")));
        }
    }

    private static void plain(JsonNode value, SearchParameter parameter, IndexSink sink) {
        BigDecimal number = number(value);
        if (number != null) {
            sink.value(parameter, new Number(number, number));
        }
    }

    /** Of a number both ends must be known: an open one could be any. */
    private static void numbers(JsonNode range, SearchParameter parameter, IndexSink sink) {
        BigDecimal low = number(range.path("low").get("value"));
        BigDecimal high = number(range.path("high").get("value"));
        if (low != null && high != null && ordered(low, high)) {
            sink.value(parameter, new Number(low, high));
        }
    }

    private static Quantity unit(@Nullable BigDecimal low, @Nullable BigDecimal high, JsonNode quantity) {
        return new Quantity(
                low, high, text(quantity.get("system")), text(quantity.get("code")), text(quantity.get("unit")));
    }

    private static boolean ordered(@Nullable BigDecimal low, @Nullable BigDecimal high) {
        return low == null || high == null || low.compareTo(high) <= 0;
    }

    private static @Nullable BigDecimal number(@Nullable JsonNode node) {
        if (node == null || !node.isNumber() || (node.isDouble() && !Double.isFinite(node.doubleValue()))) {
            return null;
        }
        BigDecimal value = node.decimalValue();
        boolean bounded = (long) value.precision() - value.scale() <= MAX_DIGITS && value.scale() <= MAX_DIGITS;
        return bounded ? value : null;
    }
}
