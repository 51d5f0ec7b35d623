package org.countyhub.fhir.search.index;

import java.util.List;
import org.countyhub.fhir.structure.TypeDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A path over JSON from a resource, or from an element of it, to values of one type.
 *
 * @param hops the properties to follow; none when the path is the element itself
 * @param leaf the type of what it finds
 * @param codeSystem the system of the codes that it finds, when they are bound to one (section 3.1.1.4.10, code)
 */
record CompiledPath(
        List<Hop> hops, TypeDefinition leaf, @Nullable String codeSystem) {
    /** One property to follow. */
    record Hop(String property, boolean repeats, Filter filter) {}

    /** Whether it finds at most one value, by definition. */
    boolean single() {
        return hops.stream().noneMatch(Hop::repeats);
    }

    boolean startsWith(CompiledPath base) {
        return hops.size() >= base.hops.size()
                && hops.subList(0, base.hops.size()).equals(base.hops);
    }

    /** The rest of this path below a base that it starts with. */
    CompiledPath below(CompiledPath base) {
        return new CompiledPath(List.copyOf(hops.subList(base.hops.size(), hops.size())), leaf, codeSystem);
    }

    /** The properties alone, without filters: {@code subject} for {@code subject.where(resolve() is Patient)}. */
    List<String> properties() {
        return hops.stream().map(Hop::property).toList();
    }
}
