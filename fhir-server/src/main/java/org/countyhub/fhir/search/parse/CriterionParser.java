package org.countyhub.fhir.search.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.index.SearchType;
import org.countyhub.fhir.search.model.Criterion;
import org.countyhub.fhir.search.model.Criterion.StringMatch;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Parses one condition of a search. */
final class CriterionParser {
    private static final Set<String> NOT_OFFERED =
            Set.of("_text", "_content", "_filter", "_query", "_has", "_list", "_type", "_contained", "_containedType");

    private final SearchParameters parameters;
    private final Definitions definitions;
    private final ValueParser values;

    CriterionParser(SearchParameters parameters, Definitions definitions, ValueParser values) {
        this.parameters = parameters;
        this.definitions = definitions;
        this.values = values;
    }

    Criterion parse(String type, Parameter sent) {
        if (NOT_OFFERED.contains(sent.name())) {
            throw Problem.badSearch(sent.key(), "search parameter " + sent.name() + " is not offered");
        }
        return switch (sent.name()) {
            case "_id" -> ids(plain(sent));
            case "_lastUpdated" -> new Criterion.LastUpdated(values.dates(plain(sent)));
            default -> parse(find(type, sent), sent);
        };
    }

    private SearchParameter find(String type, Parameter sent) {
        SearchParameter parameter = parameters.find(type, sent.name());
        if (parameter == null) {
            throw Problem.badSearch(sent.key(), type + " has no search parameter " + sent.name());
        }
        return parameter;
    }

    private Criterion parse(SearchParameter parameter, Parameter sent) {
        if (sent.chain() != null && parameter.kind() != SearchType.REFERENCE) {
            throw Problem.badSearch(sent.key(), parameter.code() + " is no reference, so nothing can be chained to it");
        }
        return switch (parameter.kind()) {
            case TOKEN -> new Criterion.Tokens(parameter, values.tokens(parameter, plain(sent)));
            case REFERENCE -> sent.chain() == null ? references(parameter, sent) : chain(parameter, sent, sent.chain());
            case STRING -> strings(parameter, sent);
            case DATE -> new Criterion.Dates(parameter, values.dates(plain(sent)));
            case URI -> new Criterion.Uris(parameter, values.uris(plain(sent)));
            case NUMBER, QUANTITY, COMPOSITE, SPECIAL ->
                throw Problem.badSearch(
                        sent.key(),
                        "search parameter " + sent.name() + " is of type "
                                + parameter.kind().name().toLowerCase(Locale.ROOT) + ", which is not offered yet");
        };
    }

    private static Parameter plain(Parameter sent) {
        if (sent.chain() != null) {
            throw Problem.badSearch(sent.key(), sent.name() + " is no reference, so nothing can be chained to it");
        }
        if (sent.modifier() != null) {
            throw notOffered(sent);
        }
        return sent;
    }

    private static RuntimeException notOffered(Parameter sent) {
        return Problem.badSearch(sent.key(), "modifier :" + sent.modifier() + " of " + sent.name() + " is not offered");
    }

    private static Criterion ids(Parameter sent) {
        List<String> ids =
                Values.alternatives(sent).stream().map(Values::unescape).toList();
        for (String id : ids) {
            if (!ResourceKey.isId(id)) {
                throw Problem.badSearch("_id", "not a logical id: " + id);
            }
        }
        return new Criterion.Ids(ids);
    }

    private Criterion strings(SearchParameter parameter, Parameter sent) {
        StringMatch match =
                switch (sent.modifier()) {
                    case null -> StringMatch.STARTS_WITH;
                    case "exact" -> StringMatch.EXACT;
                    default -> throw notOffered(sent);
                };
        return new Criterion.Strings(parameter, match, values.texts(match, sent));
    }

    private Criterion references(SearchParameter parameter, Parameter sent) {
        String type = targetType(parameter, sent);
        Set<String> types = type == null ? parameter.targets() : Set.of(type);
        return new Criterion.References(parameter, values.references(types, sent));
    }

    /** The type that a modifier such as {@code :Patient} names, or null when there is none. */
    private @Nullable String targetType(SearchParameter parameter, Parameter sent) {
        String modifier = sent.modifier();
        if (modifier == null) {
            return null;
        }
        if (!definitions.isResourceType(modifier)) {
            throw notOffered(sent);
        }
        if (!parameter.targets().isEmpty() && !parameter.targets().contains(modifier)) {
            throw Problem.badSearch(sent.key(), parameter.code() + " never refers to a " + modifier);
        }
        return modifier;
    }

    private Criterion chain(SearchParameter parameter, Parameter sent, String chain) {
        Parameter next = Parameter.of(chain, sent.value());
        if (next.chain() != null) {
            throw Problem.badSearch(sent.key(), "chains of more than one reference are not offered yet");
        }
        String type = targetType(parameter, sent);
        Set<String> types = type != null
                ? Set.of(type)
                : parameter.targets().isEmpty() ? definitions.resourceTypes() : parameter.targets();
        List<Criterion.Link> links = new ArrayList<>();
        for (String target : new TreeSet<>(types)) {
            if (next.name().equals("_id") || parameters.find(target, next.name()) != null) {
                links.add(new Criterion.Link(target, parse(target, next)));
            }
        }
        if (links.isEmpty()) {
            throw Problem.badSearch(
                    sent.key(),
                    "nothing that " + parameter.code() + " refers to has a search parameter " + next.name());
        }
        return new Criterion.Chain(parameter, links);
    }
}
