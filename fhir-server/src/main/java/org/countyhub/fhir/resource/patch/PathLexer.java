package org.countyhub.fhir.resource.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a FHIRPath expression into words (FHIRPath, appendix B). Throws IllegalArgumentException with the reason. */
final class PathLexer {
    // Every alternative advances without backing up, so the time is linear in the length of the expression.
    private static final Pattern WORD = Pattern.compile("""
            (?<name>[A-Za-z_][A-Za-z0-9_]*+)\
            |`(?<quoted>[^`\\\\]++)`\
            |(?<variable>\\$this|%[A-Za-z_][A-Za-z0-9_]*+)\
            |'(?<string>(?:[^'\\\\]|\\\\.)*+)'\
            |(?<number>[0-9]++(?:\\.[0-9]++)?+)\
            |@(?<moment>[0-9T][0-9T:.Z+-]*+)\
            |(?<symbol><=|>=|!=|!~|[.,()\\[\\]=~<>|-])""", Pattern.DOTALL);

    private static final Pattern SPACE = Pattern.compile("\\s*+");

    private PathLexer() {}

    static List<PathToken> tokens(String expression) {
        List<PathToken> tokens = new ArrayList<>();
        Matcher space = SPACE.matcher(expression);
        Matcher word = WORD.matcher(expression);
        int offset = 0;
        while (true) {
            offset = space.region(offset, expression.length()).lookingAt() ? space.end() : offset;
            if (offset == expression.length()) {
                tokens.add(new PathToken(PathToken.Kind.END, "the end", offset));
                return tokens;
            }
            if (!word.region(offset, expression.length()).lookingAt()) {
                throw new IllegalArgumentException("unexpected character at offset " + offset);
            }
            tokens.add(token(word));
            offset = word.end();
        }
    }

    private static PathToken token(Matcher word) {
        int offset = word.start();
        if (word.group("name") != null) {
            return new PathToken(PathToken.Kind.NAME, word.group("name"), offset);
        } else if (word.group("quoted") != null) {
            return new PathToken(PathToken.Kind.NAME, word.group("quoted"), offset);
        } else if (word.group("variable") != null) {
            return new PathToken(PathToken.Kind.VARIABLE, word.group("variable"), offset);
        } else if (word.group("string") != null) {
            return new PathToken(PathToken.Kind.STRING, unescape(word.group("string")), offset);
        } else if (word.group("number") != null) {
            return new PathToken(PathToken.Kind.NUMBER, word.group("number"), offset);
        } else if (word.group("moment") != null) {
            return new PathToken(PathToken.Kind.MOMENT, word.group("moment"), offset);
        }
        return new PathToken(PathToken.Kind.SYMBOL, word.group("symbol"), offset);
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            switch (escaped) {
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'f' -> plain.append('\f');
                case '\\', '\'', '"', '`', '/' -> plain.append(escaped);
                case 'u' -> {
                    plain.append(unicode(text, i + 1));
                    i += 4;
                }
                default -> throw new IllegalArgumentException("no escape \\" + escaped + " in a FHIRPath string");
            }
        }
        return plain.toString();
    }

    private static char unicode(String text, int start) {
        if (start + 4 > text.length()) {
            throw new IllegalArgumentException("\\u in a FHIRPath string is followed by four hexadecimal digits");
        }
        try {
            return (char) Integer.parseUnsignedInt(text.substring(start, start + 4), 16);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\\u in a FHIRPath string is followed by four hexadecimal digits", e);
        }
    }
}
