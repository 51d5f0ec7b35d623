package org.countyhub.fhir.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.fhir.identity.code.CodeText;

/**
 * From HumanName (FHIR R4 section 2.24.0.7) to names as compared. Surname and given names are taken as the source splits
 * them. A Chinese name in one piece is split where only one reading is likely; a name with “·” never is. Chinese given
 * names that the source splits further are put together again, since sources do so at random. Characters stay as written.
 */
final class NameReader {
    /** The dots that stand for the one in the names of minorities, U+00B7. */
    private static final Pattern DOT = Pattern.compile("\\s*[·•‧∙⋅・･]\\s*|(?<=\\p{IsHan})\\s*\\.\\s*(?=\\p{IsHan})");

    private static final String MIDDLE_DOT = "·";
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern HAN = Pattern.compile("[\\p{IsHan}〇]+");
    /** 王　小　明: spaced for the looks of a list. */
    private static final Pattern SPACED_OUT = Pattern.compile("(?:[\\p{IsHan}〇] )+[\\p{IsHan}〇]");

    private static final Pattern HAN_IN_PIECES = Pattern.compile("([\\p{IsHan}〇]{1,2}) ([\\p{IsHan}〇]{1,3})");
    private static final Pattern COMMA = Pattern.compile("([^,]+), ?([^,]+)");

    private static final List<String> USES =
            List.of("official", "usual", "", "nickname", "anonymous", "temp", "maiden", "old");
    private static final Set<String> USES_OF_NO_NAME = Set.of("temp", "anonymous");

    private NameReader() {}

    /**
     * The names of a person.
     *
     * @param placeholder whether none of them is a real one; then {@code all} has those that stand in for it
     */
    record Names(List<PersonName> all, boolean placeholder) {}

    /** Official names first; stand-ins only where there is nothing else. */
    static Names read(JsonNode humanNames) {
        Set<PersonName> real = new LinkedHashSet<>();
        Set<PersonName> standIns = new LinkedHashSet<>();
        for (String use : USES) {
            for (JsonNode humanName : humanNames) {
                if (rank(humanName).equals(use)) {
                    one(humanName).ifPresent(name -> {
                        boolean standIn = USES_OF_NO_NAME.contains(use) || PlaceholderNames.isPlaceholder(name);
                        (standIn ? standIns : real).add(name);
                    });
                }
            }
        }
        return real.isEmpty()
                ? new Names(List.copyOf(standIns), !standIns.isEmpty())
                : new Names(List.copyOf(real), false);
    }

    /** One name; empty if the source says none. */
    static Optional<PersonName> one(JsonNode humanName) {
        String family = joined(tidy(humanName.path("family").asText()));
        String given = given(humanName.path("given"));
        String text = tidy(humanName.path("text").asText());
        boolean inPieces = !family.isEmpty() && !given.isEmpty();
        if (text.contains(MIDDLE_DOT)) {
            return Optional.of(new PersonName("", text));
        }
        if (inPieces) {
            boolean dotted = family.contains(MIDDLE_DOT) || given.contains(MIDDLE_DOT);
            return Optional.of(dotted ? new PersonName("", family + given) : new PersonName(family, given));
        }
        String whole = !text.isEmpty() ? text : family + given;
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        // A surname alone, as of John's sister "Smith", is one; 张三 in the place of the surname is a whole name.
        boolean surnameOnly =
                text.isEmpty() && given.isEmpty() && !HAN.matcher(whole).matches();
        return Optional.of(surnameOnly ? new PersonName(whole, "") : split(whole));
    }

    /** A name in one piece. */
    static PersonName split(String whole) {
        Matcher pieces = HAN_IN_PIECES.matcher(whole);
        if (pieces.matches()) {
            return new PersonName(pieces.group(1), pieces.group(2));
        }
        Matcher reversed = COMMA.matcher(whole);
        if (reversed.matches()) {
            return new PersonName(reversed.group(1).strip(), reversed.group(2).strip());
        }
        String joined = joined(whole);
        PersonName unsplit = new PersonName("", joined);
        if (!HAN.matcher(joined).matches() || PlaceholderNames.isPlaceholder(unsplit)) {
            return unsplit;
        }
        int end = joined.offsetByCodePoints(0, Surnames.charactersOfSurname(joined));
        return new PersonName(joined.substring(0, end), joined.substring(end));
    }

    private static String given(JsonNode given) {
        List<String> parts = new ArrayList<>();
        for (JsonNode part : given) {
            String tidy = joined(tidy(part.asText()));
            if (!tidy.isEmpty()) {
                parts.add(tidy);
            }
        }
        boolean chinese = parts.stream().allMatch(part -> HAN.matcher(part).matches());
        return String.join(chinese ? "" : " ", parts);
    }

    private static String joined(String name) {
        return SPACED_OUT.matcher(name).matches() ? name.replace(" ", "") : name;
    }

    private static String tidy(String typed) {
        if (isTidy(typed)) {
            return typed;
        }
        StringBuilder seen = new StringBuilder(typed.length());
        CodeText.halfWidth(typed)
                .codePoints()
                .map(c -> CodeText.isBlank(c) ? ' ' : c)
                .forEach(seen::appendCodePoint);
        String spaced = SPACES.matcher(seen).replaceAll(" ").strip();
        return DOT.matcher(spaced).replaceAll(MIDDLE_DOT);
    }

    /** Nothing but common Chinese characters and letters, as most names are. */
    private static boolean isTidy(String typed) {
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < 0x4E00 || c > 0x9FA5)) {
                return false;
            }
        }
        return true;
    }

    private static String rank(JsonNode humanName) {
        String use = humanName.path("use").asText();
        return USES.contains(use) ? use : "";
    }
}
