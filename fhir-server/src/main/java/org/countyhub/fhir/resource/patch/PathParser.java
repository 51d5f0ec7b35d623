package org.countyhub.fhir.resource.patch;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads a FHIRPath expression by operator strength. Throws IllegalArgumentException with the reason. */
final class PathParser {
    /** How deep brackets and criteria may nest. */
    private static final int MAX_NESTING = 20;

    private static final PathExpression.Focus FOCUS = new PathExpression.Focus();

    private final List<PathToken> tokens;
    private int next = 0;
    private int nesting = 0;

    PathParser(List<PathToken> tokens) {
        this.tokens = tokens;
    }

    PathExpression expression() {
        PathExpression whole = binary(0);
        if (peek().kind() != PathToken.Kind.END) {
            throw unexpected();
        }
        return whole;
    }

    private PathExpression nested() {
        nesting++;
        if (nesting > MAX_NESTING) {
            throw new IllegalArgumentException("brackets nest at most " + MAX_NESTING + " deep");
        }
        PathExpression inner = binary(0);
        nesting--;
        return inner;
    }

    /** Everything that binds tighter than the given strength; operators of one strength group to the left. */
    private PathExpression binary(int strength) {
        PathExpression left = postfix(term());
        PathOperator operator = PathOperator.of(peek());
        while (operator != null && operator.strength() > strength) {
            take();
            left = switch (operator) {
                case IS -> new PathExpression.OfType(left, PathFunction.IS, typeName());
                case AS -> new PathExpression.OfType(left, PathFunction.AS, typeName());
                case IMPLIES, OR, XOR, AND, IN, CONTAINS, UNION -> join(operator, left);
                case EQUAL, EQUIVALENT, NOT_EQUAL, NOT_EQUIVALENT -> join(operator, left);
                case LESS, AT_MOST, GREATER, AT_LEAST -> join(operator, left);
            };
            operator = PathOperator.of(peek());
        }
        return left;
    }

    private PathExpression join(PathOperator operator, PathExpression left) {
        return new PathExpression.Binary(operator, left, binary(operator.strength()));
    }

    private PathExpression term() {
        PathToken token = take();
        return switch (token.kind()) {
            case STRING -> new PathExpression.Literal(new Item.Text(token.text()));
            case NUMBER -> new PathExpression.Literal(new Item.Numeral(new BigDecimal(token.text())));
            case MOMENT -> new PathExpression.Literal(new Item.Moment(token.text()));
            case VARIABLE -> variable(token);
            case NAME -> name(token);
            case SYMBOL -> bracket(token);
            case END -> throw new IllegalArgumentException("the path ends where a name or value must follow");
        };
    }

    private static PathExpression variable(PathToken token) {
        return switch (token.text()) {
            case "$this" -> FOCUS;
            case "%resource", "%rootResource", "%context" -> new PathExpression.Resource();
            default -> throw new IllegalArgumentException("no variable " + token.text() + " in a patch path");
        };
    }

    private PathExpression name(PathToken token) {
        return switch (token.text()) {
            case "true" -> new PathExpression.Literal(new Item.Flag(true));
            case "false" -> new PathExpression.Literal(new Item.Flag(false));
            default -> invocation(FOCUS, token);
        };
    }

    private PathExpression bracket(PathToken token) {
        if (token.isSymbol("(")) {
            PathExpression inner = nested();
            expect(")");
            return inner;
        }
        if (token.isSymbol("-") && peek().kind() == PathToken.Kind.NUMBER) {
            return new PathExpression.Literal(new Item.Numeral(new BigDecimal(take().text()).negate()));
        }
        next--;
        throw unexpected();
    }

    private PathExpression postfix(PathExpression start) {
        PathExpression path = start;
        while (true) {
            if (accept(".")) {
                path = invocation(path, expectName());
            } else if (accept("[")) {
                path = new PathExpression.At(path, nested());
                expect("]");
            } else {
                return path;
            }
        }
    }

    private PathExpression invocation(PathExpression of, PathToken name) {
        if (!accept("(")) {
            return new PathExpression.Member(of, name.text());
        }
        PathFunction function = PathFunction.named(name.text());
        if (function == null) {
            throw new IllegalArgumentException("the function " + name.text() + " is not offered in a patch path");
        }
        if (function == PathFunction.OF_TYPE || function == PathFunction.AS || function == PathFunction.IS) {
            String type = typeName();
            expect(")");
            return new PathExpression.OfType(of, function, type);
        }
        List<PathExpression> arguments = arguments();
        if (!function.takes(arguments.size())) {
            throw new IllegalArgumentException("wrong number of arguments for the function " + name.text());
        }
        return new PathExpression.Call(of, function, arguments);
    }

    private List<PathExpression> arguments() {
        List<PathExpression> arguments = new ArrayList<>();
        if (accept(")")) {
            return arguments;
        }
        do {
            arguments.add(nested());
        } while (accept(","));
        expect(")");
        return arguments;
    }

    /** {@code Quantity}, {@code FHIR.Quantity}, {@code System.String}. */
    private String typeName() {
        String name = expectName().text();
        return accept(".") ? expectName().text() : name;
    }

    private PathToken expectName() {
        if (peek().kind() != PathToken.Kind.NAME) {
            throw unexpected();
        }
        return take();
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw unexpected();
        }
    }

    private boolean accept(String symbol) {
        boolean found = peek().isSymbol(symbol);
        next += found ? 1 : 0;
        return found;
    }

    private PathToken peek() {
        return tokens.get(next);
    }

    private PathToken take() {
        PathToken token = tokens.get(next);
        // The last token is the end; whoever runs into it sees it again.
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("unexpected " + peek().text() + " at offset " + peek().offset());
    }
}
