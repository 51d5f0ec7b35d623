package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.IFhirPath;
import ca.uhn.fhir.fhirpath.IFhirPathEvaluationContext;
import ca.uhn.fhir.parser.LenientErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.countyhub.fhir.structure.Definitions;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The published examples of R4, each parameter's expression evaluated by a complete FHIRPath engine over model objects:
 * the compiled paths must find the same elements in the JSON.
 */
class ExamplesOracleTest {
    private static final ObjectMapper JSON = Extraction.JSON;

    /** What an index of values has no place for. */
    private static final Set<String> NOT_INDEXED = Set.of("Location.near");

    private final FhirContext context = FhirContext.forR4();
    private final Definitions definitions = new Definitions(context);
    private final SearchParameters parameters = new SearchParameters(context, definitions);
    private final IFhirPath engine = engine();
    private final Map<String, IFhirPath.IParsedExpression> expressions = new HashMap<>();
    private final Map<String, String> differences = new TreeMap<>();
    private int compared;

    @Test
    void compiledPathsFindWhatFhirPathFinds() {
        Examples.published(this::compare);
        Examples.complete(this::compare);

        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(50_000);
    }

    private IFhirPath engine() {
        context.setParserErrorHandler(new LenientErrorHandler(false));
        context.setValidationSupport(new TypeNames(context));
        IFhirPath made = context.newFhirPath();
        made.setEvaluationContext(new ResolvesByText());
        return made;
    }

    private void compare(String example, ObjectNode tree) {
        String type = tree.path("resourceType").asText();
        IBaseResource model = context.newJsonParser().parseResource(tree.toString());
        for (SearchParameter parameter : parameters.of(type)) {
            if (SearchParameters.isPerson(parameter)) {
                continue; // no part of R4, and its value stands in no resource
            }
            List<String> expected = expected(parameter, model);
            List<String> found = found(parameters.selection(parameter), tree);
            compared++;
            if (!expected.equals(found) && !NOT_INDEXED.contains(parameter.toString())) {
                differences.putIfAbsent(
                        parameter + " " + parameter.expression(),
                        example + "\n  expected " + expected + "\n  found    " + found + "\n");
            }
        }
    }

    private List<String> expected(SearchParameter parameter, IBaseResource model) {
        Set<IBase> elements = Collections.newSetFromMap(new IdentityHashMap<>());
        // The engine would drop one of two equal values of a union, and needs unit conversions to compare them.
        for (String path : parameter.expression().split("\\|", -1)) {
            elements.addAll(engine.evaluate(model, expressions.computeIfAbsent(path, this::parse), IBase.class));
        }
        return elements.stream()
                .filter(element -> !isContained(element, parameter))
                .map(this::line)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    /** The engine resolves references to contained resources; the index knows none of those. */
    private static boolean isContained(IBase element, SearchParameter parameter) {
        return parameter.expression().contains("resolve()")
                && element instanceof Reference reference
                && reference.getReference() != null
                && reference.getReference().startsWith("#");
    }

    private IFhirPath.IParsedExpression parse(String path) {
        try {
            return engine.parse(path);
        } catch (Exception e) {
            throw new IllegalStateException("not FHIRPath: " + path, e);
        }
    }

    private @Nullable String line(IBase element) {
        return switch (element) {
            // A primitive that has only extensions has nothing to search for.
            case IPrimitiveType<?> primitive -> primitive.getValueAsString();
            case IBaseResource resource -> context.getResourceType(resource);
            default -> primitives(json(element));
        };
    }

    private static List<String> found(Selection selection, ObjectNode tree) {
        List<JsonNode> nodes = new ArrayList<>();
        PathTree paths = new PathTree();
        PathTree.Leaf collecting = (value, resource, sink) -> nodes.add(value);
        switch (selection) {
            case Selection.Elements elements -> elements.paths().forEach(path -> paths.add(path, collecting));
            case Selection.Tuples tuples -> tuples.bases().forEach(base -> paths.add(base.path(), collecting));
            case Selection.Affirmed affirmed -> {
                return List.of(Boolean.toString(IndexExtractor.affirmed(affirmed, tree)));
            }
            case Selection.Nothing nothing -> {
                return List.of();
            }
        }
        paths.walk(tree, tree, new Rows());
        return nodes.stream().map(ExamplesOracleTest::line).sorted().toList();
    }

    private static String line(JsonNode found) {
        return found.isValueNode() ? text(found) : found.path("resourceType").asText(primitives(found));
    }

    private JsonNode json(IBase element) {
        try {
            return JSON.readTree(context.newJsonParser().encodeToString(element));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All values below an element, in alphabetical order. */
    private static String primitives(JsonNode element) {
        List<String> values = new ArrayList<>();
        collect(element, values);
        Collections.sort(values);
        return values.toString();
    }

    private static String text(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
    }

    private static void collect(JsonNode element, List<String> values) {
        if (element.isValueNode() && !element.isNull()) {
            values.add(text(element));
        }
        element.forEach(child -> collect(child, values));
    }

    /** Gives a new resource of the type that the text of a reference names. */
    private final class ResolvesByText implements IFhirPathEvaluationContext {
        @Override
        public @Nullable IBase resolveReference(IIdType reference, @Nullable IBase holder) {
            String type = reference.getResourceType();
            return type == null || !definitions.isResourceType(type)
                    ? null
                    : context.getResourceDefinition(type).newInstance();
        }
    }
}
