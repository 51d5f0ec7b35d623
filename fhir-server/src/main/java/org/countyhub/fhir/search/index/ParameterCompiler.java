package org.countyhub.fhir.search.index;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.countyhub.fhir.search.index.PathExpression.Path;
import org.countyhub.fhir.search.index.Selection.Tuples.Base;
import org.countyhub.fhir.search.index.Selection.Tuples.Component;
import org.countyhub.fhir.structure.TypeDefinition;

/** Compiles the parameters of one resource type. */
final class ParameterCompiler {
    private final TypeDefinition type;
    private final PathCompiler paths;
    private final Map<String, ParameterSource> sources;

    ParameterCompiler(TypeDefinition type, Map<String, ParameterSource> sources) {
        this.type = type;
        this.paths = new PathCompiler(type);
        this.sources = sources;
    }

    /** The compiled form of every parameter, by code. */
    Map<String, Selection> compile() {
        Map<String, Selection> selections = new TreeMap<>();
        sources.forEach((code, source) -> selections.put(code, compile(source)));
        return selections;
    }

    private Selection compile(ParameterSource source) {
        if (source.kind() == SearchType.SPECIAL || source.expression().isEmpty()) {
            return new Selection.Nothing();
        }
        return switch (PathParser.parse(source.expression())) {
            case PathExpression.Affirmed affirmed -> affirmed(affirmed.path());
            case PathExpression.Union union -> {
                Set<CompiledPath> compiled = union.paths().stream()
                        .filter(paths::concerns)
                        .flatMap(path -> paths.compile(path).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                yield source.kind() == SearchType.COMPOSITE
                        ? tuples(source, compiled)
                        : new Selection.Elements(compiled);
            }
        };
    }

    private Selection affirmed(Path path) {
        Set<String> properties = new LinkedHashSet<>();
        for (CompiledPath compiled : paths.compile(path)) {
            if (compiled.hops().size() != 1 || !compiled.single()) {
                throw new IllegalArgumentException("not a single element of " + type + ": " + path);
            }
            properties.add(compiled.hops().getFirst().property());
        }
        return new Selection.Affirmed(new CompiledPath(List.of(), type, null), properties);
    }

    private Selection tuples(ParameterSource source, Set<CompiledPath> bases) {
        return new Selection.Tuples(bases.stream()
                .map(base -> new Base(
                        base,
                        source.components().stream()
                                .map(code -> component(code, base, bases))
                                .toList()))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private Component component(String code, CompiledPath base, Set<CompiledPath> bases) {
        ParameterSource source = sources.get(code);
        if (source == null || !(compile(source) instanceof Selection.Elements elements)) {
            throw new IllegalArgumentException("not a component: " + type + "." + code);
        }
        Set<CompiledPath> all = elements.paths();
        Set<CompiledPath> below = all.stream()
                .filter(path -> nearest(path, bases).filter(base::equals).isPresent())
                .map(path -> path.below(base))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean outside = below.isEmpty();
        return new Component(source.kind(), outside ? all : below, outside);
    }

    /** {@code Observation.component.code} belongs to the base {@code Observation.component}, not to Observation. */
    private static Optional<CompiledPath> nearest(CompiledPath path, Set<CompiledPath> bases) {
        return bases.stream().filter(path::startsWith).max(Comparator.comparingInt(base -> base.hops()
                .size()));
    }
}
