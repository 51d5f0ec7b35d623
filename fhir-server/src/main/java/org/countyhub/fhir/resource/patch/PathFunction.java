package org.countyhub.fhir.resource.patch;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The FHIRPath functions that a patch path may use: those that choose elements or ask about them. What leaves the
 * resource (resolve, memberOf), prints (trace) or runs a regular expression (matches) is not among them.
 */
enum PathFunction {
    WHERE("where", 1),
    SELECT("select", 1),
    REPEAT("repeat", 1),
    ALL("all", 1),
    EXISTS("exists", 0, 1),
    EMPTY("empty", 0),
    NOT("not", 0),
    COUNT("count", 0),
    HAS_VALUE("hasValue", 0),
    SINGLE("single", 0),
    FIRST("first", 0),
    LAST("last", 0),
    TAIL("tail", 0),
    SKIP("skip", 1),
    TAKE("take", 1),
    OF_TYPE("ofType", 1),
    AS("as", 1),
    IS("is", 1),
    EXTENSION("extension", 1),
    CHILDREN("children", 0),
    DESCENDANTS("descendants", 0),
    STARTS_WITH("startsWith", 1),
    ENDS_WITH("endsWith", 1),
    CONTAINS("contains", 1),
    LOWER("lower", 0),
    UPPER("upper", 0),
    LENGTH("length", 0),
    TO_STRING("toString", 0);

    private static final Map<String, PathFunction> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(each -> each.text, Function.identity()));

    private final String text;
    private final int fewestArguments;
    private final int mostArguments;

    PathFunction(String text, int arguments) {
        this(text, arguments, arguments);
    }

    PathFunction(String text, int fewestArguments, int mostArguments) {
        this.text = text;
        this.fewestArguments = fewestArguments;
        this.mostArguments = mostArguments;
    }

    static @Nullable PathFunction named(String text) {
        return BY_NAME.get(text);
    }

    boolean takes(int arguments) {
        return arguments >= fewestArguments && arguments <= mostArguments;
    }
}
