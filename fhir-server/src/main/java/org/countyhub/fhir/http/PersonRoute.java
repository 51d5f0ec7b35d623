package org.countyhub.fhir.http;

import java.util.LinkedHashSet;
import java.util.Set;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.model.Criterion;
import org.countyhub.fhir.search.model.ReferenceValue;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.fhir.search.model.TokenValue;

/**
 * Whether a search reaches its matches through persons, by {@code person}, {@code person.identifier} or a chain that ends
 * with one.
 *
 * @param persons those that it names
 * @param codes by which it asks for them
 */
record PersonRoute(boolean taken, Set<ResourceKey> persons, Set<String> codes) {
    private static final PersonRoute NOT_TAKEN = new PersonRoute(false, Set.of(), Set.of());

    static PersonRoute of(SearchQuery query) {
        PersonRoute route = NOT_TAKEN;
        for (Criterion criterion : query.criteria()) {
            if (passesPerson(criterion)) {
                route = route.taken() ? route : new PersonRoute(true, new LinkedHashSet<>(), new LinkedHashSet<>());
                route.add(criterion);
            }
        }
        return route;
    }

    private static boolean passesPerson(Criterion criterion) {
        return switch (criterion) {
            case Criterion.References references -> SearchParameters.isPerson(references.parameter());
            case Criterion.Chain chain ->
                SearchParameters.isPerson(chain.parameter())
                        || chain.anyOf().stream().anyMatch(link -> passesPerson(link.criterion()));
            case Criterion.Tokens ignored -> false;
            case Criterion.Strings ignored -> false;
            case Criterion.Uris ignored -> false;
            case Criterion.Dates ignored -> false;
            case Criterion.Ids ignored -> false;
            case Criterion.LastUpdated ignored -> false;
        };
    }

    private void add(Criterion criterion) {
        switch (criterion) {
            case Criterion.References references ->
                references.anyOf().forEach(value -> {
                    if (value instanceof ReferenceValue.Local local) {
                        persons.addAll(local.keys());
                    }
                });
            case Criterion.Chain chain -> chain.anyOf().forEach(link -> add(link.criterion()));
            case Criterion.Tokens tokens ->
                tokens.anyOf().forEach(value -> {
                    switch (value) {
                        case TokenValue.SystemAndCode token -> codes.add(token.code());
                        case TokenValue.Code token -> codes.add(token.code());
                        case TokenValue.CodeWithoutSystem token -> codes.add(token.code());
                        case TokenValue.AnyOfSystem ignored -> {}
                    }
                });
            case Criterion.Ids ids -> ids.anyOf().forEach(id -> persons.add(new ResourceKey("Person", id)));
            case Criterion.Strings ignored -> {}
            case Criterion.Uris ignored -> {}
            case Criterion.Dates ignored -> {}
            case Criterion.LastUpdated ignored -> {}
        }
    }
}
