package org.countyhub.fhir.resource.patch;

import java.util.List;

/**
 * A FHIRPath expression as far as a patch needs it: a path chooses elements of the resource, it computes nothing new.
 * There is no arithmetic, no text concatenation and no function that leaves the resource; see {@link PathFunction}.
 */
sealed interface PathExpression {
    /** The longest expression, in characters. */
    int MAX_LENGTH = 1_000;

    /** Reads an expression; throws IllegalArgumentException with the reason when it is none. */
    static PathExpression parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a path has at most " + MAX_LENGTH + " characters");
        }
        return new PathParser(PathLexer.tokens(text)).expression();
    }

    /** The collection that the expression is applied to: {@code $this}, or implied where a path begins. */
    record Focus() implements PathExpression {}

    /** The resource that is patched: {@code %resource}, {@code %rootResource}, {@code %context}. */
    record Resource() implements PathExpression {}

    record Literal(Item.Atom value) implements PathExpression {}

    /** The elements of that name; where a path begins also the resource, when it is of that type. */
    record Member(PathExpression of, String name) implements PathExpression {}

    record At(PathExpression of, PathExpression index) implements PathExpression {}

    record Call(PathExpression of, PathFunction function, List<PathExpression> arguments) implements PathExpression {}

    /** {@code is}, {@code as} and {@code ofType}, as operator or as function; the type without its namespace. */
    record OfType(PathExpression of, PathFunction function, String type) implements PathExpression {}

    record Binary(PathOperator operator, PathExpression left, PathExpression right) implements PathExpression {}
}
