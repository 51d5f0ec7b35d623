package org.countyhub.fhir.transaction;

import java.util.List;
import java.util.Map;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * From the place of a fault in an interaction to its place in the Bundle that the interaction is an entry of, as FHIRPath:
 * what is {@code Patient.name[1]} of a request is {@code Bundle.entry[3].resource.name[1]} there, a header is an element of
 * {@code request}, and a parameter is part of its {@code url}.
 */
public final class EntryPlace {
    private static final Map<String, String> HEADERS = Map.of(
            "If-Match", ".request.ifMatch",
            "If-None-Match", ".request.ifNoneMatch",
            "If-None-Exist", ".request.ifNoneExist",
            "If-Modified-Since", ".request.ifModifiedSince",
            "Content-Type", ".resource",
            "method", ".request.method");

    private EntryPlace() {}

    /**
     * The same refusal with its faults placed; those that are in the Bundle already stay where they are.
     *
     * @param entry the place of the entry, such as {@code Bundle.entry[3]}; empty for a request of its own
     * @param sentType the type of the resource in the entry, or null
     * @param criteria the element of the entry that holds the parameters, such as {@code request.url}
     */
    public static ProblemException within(
            String entry, @Nullable String sentType, String criteria, ProblemException refusal) {
        if (entry.isEmpty()) {
            return refusal;
        }
        List<Fault> faults = within(entry, sentType, criteria, refusal.problem().faults());
        return refusal.problem().with(faults).exception();
    }

    /** The same faults, placed. */
    static List<Fault> within(String entry, @Nullable String sentType, String criteria, List<Fault> faults) {
        return entry.isEmpty()
                ? faults
                : faults.stream()
                        .map(fault -> within(entry, sentType, criteria, fault))
                        .toList();
    }

    private static Fault within(String entry, @Nullable String sentType, String criteria, Fault fault) {
        String expression = fault.expression();
        if (expression == null) {
            return new Fault(fault.code(), fault.diagnostics(), entry);
        }
        if (expression.equals(entry) || expression.startsWith(entry + ".")) {
            return fault;
        }
        int end = expression.indexOf('.');
        String root = end < 0 ? expression : expression.substring(0, end);
        if (root.equals(sentType) || root.equals("Parameters")) {
            return new Fault(
                    fault.code(), fault.diagnostics(), entry + ".resource" + expression.substring(root.length()));
        }
        String header = HEADERS.get(expression);
        String place = header != null ? header : isOfContent(expression) ? ".resource" : "." + criteria;
        return new Fault(fault.code(), naming(expression, fault.diagnostics()), entry + place);
    }

    /** Whether a place is one in a patched resource, in an operation of a JSON Patch, or in text: none has a FHIRPath here. */
    private static boolean isOfContent(String expression) {
        return expression.startsWith("[")
                || expression.startsWith("line ")
                || expression.startsWith("byte ")
                || Character.isUpperCase(expression.charAt(0));
    }

    private static String naming(String expression, String diagnostics) {
        return diagnostics.contains(expression) ? diagnostics : expression + ": " + diagnostics;
    }
}
