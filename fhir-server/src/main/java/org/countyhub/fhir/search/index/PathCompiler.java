package org.countyhub.fhir.search.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.search.index.CompiledPath.Hop;
import org.countyhub.fhir.search.index.PathExpression.Path;
import org.countyhub.fhir.search.index.PathExpression.Step;
import org.countyhub.fhir.structure.ElementDefinition;
import org.countyhub.fhir.structure.TypeDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Turns a path of an expression into the JSON paths that it stands for in one resource type: one for each type of a
 * choice element. A path that fits no element is refused with an {@link IllegalArgumentException}.
 */
final class PathCompiler {
    private static final Set<String> ABSTRACT = Set.of("Resource", "DomainResource");

    private final TypeDefinition resource;

    PathCompiler(TypeDefinition resource) {
        this.resource = resource;
    }

    /** Whether the path begins with this resource type, an abstract one or an element, and not with another type. */
    boolean concerns(Path path) {
        String first = path.first();
        return isRoot(first) || !Character.isUpperCase(first.charAt(0));
    }

    List<CompiledPath> compile(Path path) {
        List<Trail> trails = List.of(new Trail(List.of(), resource, null));
        if (!isRoot(path.first())) {
            trails = follow(trails, new Step.Child(path.first()));
        }
        for (Step step : path.steps()) {
            trails = follow(trails, step);
        }
        if (trails.isEmpty()) {
            throw new IllegalArgumentException("no element of " + resource + " at " + path);
        }
        return trails.stream().map(Trail::path).toList();
    }

    private static List<Trail> follow(List<Trail> trails, Step step) {
        return trails.stream().flatMap(trail -> trail.follow(step).stream()).toList();
    }

    private boolean isRoot(String name) {
        return name.equals(resource.name()) || ABSTRACT.contains(name);
    }

    /** A path so far, and the element that it has reached; no element at the resource itself. */
    private record Trail(
            List<Hop> hops, TypeDefinition type, @Nullable ElementDefinition element) {
        List<Trail> follow(Step step) {
            return switch (step) {
                case Step.Child child ->
                    type.byBase(child.name()).stream().map(this::child).toList();
                case Step.OfType only -> type.name().equals(only.type()) ? List.of(this) : List.of();
                case Step.RefersTo refers -> List.of(filtered(new Filter.RefersTo(refers.resourceType())));
                case Step.Having having -> List.of(filtered(new Filter.Having(having.child(), having.value())));
                case Step.At at -> List.of(filtered(new Filter.At(at.index())));
            };
        }

        private Trail child(ElementDefinition child) {
            List<Hop> longer = new ArrayList<>(hops);
            longer.add(new Hop(child.name(), child.repeats(), Filter.NONE));
            return new Trail(List.copyOf(longer), child.type(), child);
        }

        private Trail filtered(Filter filter) {
            Hop last = hops.getLast();
            if (last.filter() != Filter.NONE) {
                throw new IllegalArgumentException("two filters on " + last.property());
            }
            List<Hop> same = new ArrayList<>(hops.subList(0, hops.size() - 1));
            same.add(new Hop(last.property(), last.repeats(), filter));
            return new Trail(List.copyOf(same), type, element);
        }

        CompiledPath path() {
            return new CompiledPath(hops, type, element == null ? null : element.codeSystem());
        }
    }
}
