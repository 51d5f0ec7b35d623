package org.countyhub.fhir.transaction;

import java.util.Locale;
import java.util.Set;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceKey;
import org.jspecify.annotations.Nullable;

/** What a literal reference looks like (FHIR R4 section 2.3.0.1); {@code #fragment} is none of these and has no form. */
sealed interface ReferenceForm {
    /**
     * The addresses by which a reference may lead out of this server. R4 allows any absolute URI; readers open what a
     * reference says, so schemes that have them run code or read their own files, such as {@code javascript:}, are not kept.
     */
    Set<String> SCHEMES = Set.of("http", "https", "ftp", "urn");

    /**
     * {@code [type]/[id]} or {@code [type]/[id]/_history/[vid]}, relative or under an address of this server.
     *
     * @param version the version, or null when the current one is meant
     */
    record Local(ResourceKey key, @Nullable String version) implements ReferenceForm {}

    /** {@code [type]?[criteria]}: the one resource that a search finds (section 3.1.0.11.2). */
    record Conditional(String type, String criteria) implements ReferenceForm {}

    /** An absolute address of something that is not on this server, or a name of an entry of the same request. */
    record Elsewhere() implements ReferenceForm {}

    /** No reference. */
    record Malformed() implements ReferenceForm {}

    static ReferenceForm of(String literal, LocalReferences local) {
        String relative = local.relative(literal);
        ResourceKey key = ResourceKey.ofReference(relative);
        if (key != null) {
            return local(relative, key);
        }
        int question = relative.indexOf('?');
        if (question > 0 && relative.substring(0, question).chars().allMatch(Character::isLetter)) {
            return new Conditional(relative.substring(0, question), relative.substring(question + 1));
        }
        boolean own = relative.length() < literal.length();
        return !own && absolute(literal) ? new Elsewhere() : new Malformed();
    }

    private static ReferenceForm local(String relative, ResourceKey key) {
        int history = relative.indexOf("/_history/");
        if (history < 0) {
            return new Local(key, null);
        }
        String version = relative.substring(history + "/_history/".length());
        return ResourceKey.isId(version) ? new Local(key, version) : new Malformed();
    }

    private static boolean absolute(String literal) {
        int colon = literal.indexOf(':');
        return colon > 0
                && colon < literal.length() - 1
                && SCHEMES.contains(literal.substring(0, colon).toLowerCase(Locale.ROOT))
                && literal.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '>' || c == '"');
    }
}
