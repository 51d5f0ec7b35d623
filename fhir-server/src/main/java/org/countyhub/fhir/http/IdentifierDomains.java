package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.identity.code.CodeSystem;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.resource.format.Subset;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.search.model.Criterion;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.fhir.search.model.TokenValue;
import org.countyhub.fhir.structure.ResourceWriter;
import org.countyhub.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The domains of identifiers that a search of patients names by {@code identifier=[system]|} (IHE PDQm, ITI-78 section
 * 2:3.78.4.1.2.3): patients are answered with identifiers of these domains only, and a domain that nobody knows is told.
 */
final class IdentifierDomains {
    private final SearchStore store;
    private final IdentifierSystems systems;
    private final ContentReader contents;

    IdentifierDomains(SearchStore store, IdentifierSystems systems, ContentReader contents) {
        this.store = store;
        this.systems = systems;
        this.contents = contents;
    }

    /** The domains that a search names, with every name that they have; empty when it names none. */
    static Set<String> of(SearchQuery query) {
        Set<String> domains = new LinkedHashSet<>();
        if (!query.type().equals("Patient")) {
            return domains;
        }
        for (Criterion criterion : query.criteria()) {
            if (criterion instanceof Criterion.Tokens tokens
                    && tokens.parameter().code().equals("identifier")) {
                for (TokenValue value : tokens.anyOf()) {
                    if (value instanceof TokenValue.AnyOfSystem domain) {
                        domains.add(domain.system());
                    }
                }
            }
        }
        return domains;
    }

    /** Case 4: 404 when one of the domains is not recognised; null when all are. */
    @Nullable
    Reply refusal(Set<String> domains) {
        for (String domain : domains) {
            boolean recognised = CodeSystem.of(domain).isPresent()
                    || systems.known(domain)
                    || !store.holders(List.of(domain), 1).isEmpty();
            if (!recognised) {
                return Reply.of(
                        404,
                        Outcomes.outcome(
                                "warning",
                                List.of(Fault.at("identifier", "not-found", "targetSystem not found: " + domain))));
            }
        }
        return null;
    }

    /** Case 2: the patient without identifiers of other domains, marked as not the whole of it. */
    StoredVersion within(StoredVersion patient, Set<String> domains) {
        ObjectNode tree = contents.stored(patient.json());
        int before = tree.path("identifier").size();
        tree.withArray("identifier")
                .removeIf(identifier ->
                        !domains.contains(identifier.path("system").asText()));
        if (tree.path("identifier").size() == before) {
            return patient;
        }
        return new StoredVersion(
                patient.key(),
                patient.surrogate(),
                patient.version(),
                patient.lastUpdated(),
                patient.change(),
                new ResourceWriter().write(Subset.tagged(tree)));
    }
}
