package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Equality and order of FHIRPath values (FHIRPath sections 6.1 and 6.2); null stands for the empty answer. */
final class PathComparison {
    private final Budget budget;

    PathComparison(Budget budget) {
        this.budget = budget;
    }

    @Nullable
    Boolean equal(List<Item> left, List<Item> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return null;
        }
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            Boolean same = equal(left.get(i), right.get(i));
            if (same == null || !same) {
                return same;
            }
        }
        return true;
    }

    /** Like equality, but without regard to case and white space, and two empty collections are equivalent. */
    boolean equivalent(List<Item> left, List<Item> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equivalent(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean equivalent(Item left, Item right) {
        if (left.atom() instanceof Item.Text a && right.atom() instanceof Item.Text b) {
            return loose(a.value()).equals(loose(b.value()));
        }
        return Boolean.TRUE.equals(equal(left, right));
    }

    private String loose(String text) {
        budget.spend(text.length());
        return text.strip().replaceAll("\\s++", " ").toLowerCase(Locale.ROOT);
    }

    @Nullable
    Boolean equal(Item left, Item right) {
        Item.Atom a = left.atom();
        Item.Atom b = right.atom();
        if (a != null && b != null) {
            return equal(a, b);
        }
        if (left instanceof Element e && right instanceof Element f) {
            return equal(e.content().value(), f.content().value());
        }
        return false;
    }

    private boolean equal(@Nullable JsonNode a, @Nullable JsonNode b) {
        if (a == null || b == null) {
            return false;
        }
        budget.spend(TreeSize.of(a).nodes());
        return JsonEquality.equal(a, b);
    }

    private static @Nullable Boolean equal(Item.Atom a, Item.Atom b) {
        if (a instanceof Item.Flag || b instanceof Item.Flag) {
            return a.equals(b);
        }
        Integer order = order(a, b);
        if (order != null) {
            return order == 0;
        }
        // Moments of different precision have no answer; values of different types differ.
        return (a instanceof Item.Moment && b instanceof Item.Moment) ? null : Boolean.FALSE;
    }

    /** Negative, zero or positive; null when the two have no order. */
    static @Nullable Integer order(Item.Atom a, Item.Atom b) {
        if (a instanceof Item.Numeral number && b instanceof Item.Numeral other) {
            return number.value().compareTo(other.value());
        }
        String x = text(a);
        String y = text(b);
        if (x == null || y == null) {
            return null;
        }
        return (a instanceof Item.Moment && b instanceof Item.Moment) ? moments(x, y) : (Integer) x.compareTo(y);
    }

    private static @Nullable String text(Item.Atom atom) {
        return switch (atom) {
            case Item.Text text -> text.value();
            case Item.Moment moment -> moment.text();
            case Item.Flag flag -> null;
            case Item.Numeral number -> null;
        };
    }

    /**
     * With time zones compared as instants, else part by part from the year on; what is equal as far as the less precise
     * one goes has no answer.
     */
    private static @Nullable Integer moments(String a, String b) {
        try {
            return OffsetDateTime.parse(a)
                    .toInstant()
                    .compareTo(OffsetDateTime.parse(b).toInstant());
        } catch (DateTimeException e) {
            int common = Math.min(a.length(), b.length());
            int order = a.substring(0, common).compareTo(b.substring(0, common));
            return (order != 0 || a.length() == b.length()) ? (Integer) order : null;
        }
    }
}
