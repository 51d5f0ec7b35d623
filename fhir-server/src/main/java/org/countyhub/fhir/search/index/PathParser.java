package org.countyhub.fhir.search.index;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.fhir.search.index.PathExpression.Affirmed;
import org.countyhub.fhir.search.index.PathExpression.Path;
import org.countyhub.fhir.search.index.PathExpression.Step;
import org.countyhub.fhir.search.index.PathExpression.Union;

/**
 * Reads the expressions of R4's search parameters. Anything beyond their subset of FHIRPath is refused with an
 * {@link IllegalArgumentException}, so that no parameter silently finds nothing.
 */
final class PathParser {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([A-Za-z_]\\w*)|'([^']*)'|(\\d+)|(!=|[.()\\[\\]|=]))");
    private static final String END = "";

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int position;

    private PathParser(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(2) == null ? matcher.group().strip() : "'" + matcher.group(2));
            end = matcher.end();
            matcher.region(end, matcher.regionEnd());
        }
        if (end != matcher.regionEnd()) {
            throw unknown();
        }
    }

    static PathExpression parse(String expression) {
        return new PathParser(expression).expression();
    }

    private PathExpression expression() {
        List<Path> paths = new ArrayList<>();
        do {
            Path path = path();
            if (paths.isEmpty() && accept("exists")) {
                return affirmed(path);
            }
            paths.add(path);
        } while (accept("|"));
        expect(END);
        return new Union(List.copyOf(paths));
    }

    private PathExpression affirmed(Path path) {
        expect("(");
        expect(")");
        expect("and");
        Path compared = path();
        expect("!=");
        expect("false");
        expect(END);
        if (!compared.equals(path)) {
            throw unknown();
        }
        return new Affirmed(path);
    }

    private Path path() {
        String first;
        List<Step> steps = new ArrayList<>();
        if (accept("(")) {
            Path inner = path();
            first = inner.first();
            steps.addAll(inner.steps());
            if (accept("as")) {
                steps.add(new Step.OfType(name()));
            }
            expect(")");
        } else {
            first = name();
        }
        while (true) {
            if (accept("[")) {
                steps.add(new Step.At(Integer.parseInt(next())));
                expect("]");
            } else if (!accept(".") || peek().equals("exists")) {
                return new Path(first, List.copyOf(steps));
            } else {
                invocation(name(), steps);
            }
        }
    }

    private void invocation(String name, List<Step> steps) {
        if (!accept("(")) {
            steps.add(new Step.Child(name));
            return;
        }
        switch (name) {
            case "as", "ofType" -> steps.add(new Step.OfType(name()));
            case "where" -> steps.add(condition());
            case "extension" -> {
                steps.add(new Step.Child("extension"));
                steps.add(new Step.Having("url", string()));
            }
            default -> throw unknown();
        }
        expect(")");
    }

    private Step condition() {
        String subject = name();
        if (!subject.equals("resolve")) {
            expect("=");
            return new Step.Having(subject, string());
        }
        expect("(");
        expect(")");
        expect("is");
        return new Step.RefersTo(name());
    }

    private String name() {
        String token = next();
        if (token.isEmpty() || !Character.isJavaIdentifierStart(token.charAt(0))) {
            throw unknown();
        }
        return token;
    }

    private String string() {
        String token = next();
        if (!token.startsWith("'")) {
            throw unknown();
        }
        return token.substring(1);
    }

    private String peek() {
        return position < tokens.size() ? tokens.get(position) : END;
    }

    private String next() {
        String token = peek();
        position++;
        return token;
    }

    private boolean accept(String token) {
        boolean accepted = peek().equals(token);
        if (accepted) {
            position++;
        }
        return accepted;
    }

    private void expect(String token) {
        if (!next().equals(token)) {
            throw unknown();
        }
    }

    private IllegalArgumentException unknown() {
        return new IllegalArgumentException("search parameter expression not understood: " + text);
    }
}
