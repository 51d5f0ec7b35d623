package org.countyhub.fhir.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.countyhub.fhir.search.index.IndexValue.Token;
import org.countyhub.fhir.structure.Definitions;

/**
 * Finds what a resource contributes to search. The paths of all parameters of a type are merged when the type is first
 * met, so that a resource is walked once. Never fails on a resource of valid structure; a value that cannot be indexed,
 * such as the 30th of February, is left out. Safe for use by many threads.
 */
public final class IndexExtractor {
    private final SearchParameters parameters;
    private final Definitions definitions;
    private final DateConversion dates;
    private final Map<String, PathTree> trees = new ConcurrentHashMap<>();

    /**
     * @param zoneOfDatesWithoutOffset where a date without a time begins and ends
     */
    public IndexExtractor(SearchParameters parameters, Definitions definitions, ZoneId zoneOfDatesWithoutOffset) {
        this.parameters = parameters;
        this.definitions = definitions;
        this.dates = new DateConversion(zoneOfDatesWithoutOffset);
    }

    /**
     * Hands every value of every parameter of a resource to a sink, except those of parameters that others answer. A
     * resource of no known type contributes nothing.
     */
    public void extract(ObjectNode resource, IndexSink sink) {
        String type = resource.path("resourceType").asText();
        PathTree tree = trees.get(type);
        if (tree == null) {
            if (!definitions.isResourceType(type)) {
                return;
            }
            tree = trees.computeIfAbsent(type, this::tree);
        }
        tree.walk(resource, resource, sink);
    }

    private PathTree tree(String type) {
        PathTree tree = new PathTree();
        for (SearchParameter parameter : parameters.of(type)) {
            if (parameter.answeredBy().isEmpty()) {
                add(parameter, tree);
            }
        }
        return tree;
    }

    private void add(SearchParameter parameter, PathTree tree) {
        switch (parameters.selection(parameter)) {
            case Selection.Elements elements -> addPaths(parameter, parameter.kind(), elements.paths(), tree);
            case Selection.Affirmed affirmed ->
                tree.add(
                        affirmed.resource(),
                        (value, resource, sink) ->
                                sink.value(parameter, new Token(null, Boolean.toString(affirmed(affirmed, resource)))));
            case Selection.Tuples tuples ->
                tuples.bases().forEach(base -> tree.add(base.path(), tuples(parameter, base)));
            case Selection.Nothing nothing -> {}
        }
    }

    private void addPaths(SearchParameter parameter, SearchType kind, Set<CompiledPath> paths, PathTree tree) {
        boolean useful = false;
        for (CompiledPath path : paths) {
            Conversion conversion = Conversion.of(kind, path.leaf(), path.codeSystem(), dates);
            if (conversion != null) {
                useful = true;
                tree.add(path, (value, resource, sink) -> conversion.convert(value, parameter, sink));
            }
        }
        if (!useful) {
            throw new IllegalStateException(parameter + " has no use for any of " + paths);
        }
    }

    private TupleLeaf tuples(SearchParameter parameter, Selection.Tuples.Base base) {
        List<TupleLeaf.Part> parts = new ArrayList<>();
        for (Selection.Tuples.Component component : base.components()) {
            PathTree part = new PathTree();
            addPaths(parameter, component.kind(), component.paths(), part);
            parts.add(new TupleLeaf.Part(part, component.outside()));
        }
        return new TupleLeaf(parameter, parts);
    }

    static boolean affirmed(Selection.Affirmed affirmed, JsonNode resource) {
        return affirmed.properties().stream()
                .map(resource::path)
                .anyMatch(value -> value.isBoolean() ? value.booleanValue() : !value.isMissingNode());
    }
}
