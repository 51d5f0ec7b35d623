package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.countyhub.fhir.disclosure.Disclosure;
import org.countyhub.fhir.disclosure.Disclosure.Kind;
import org.countyhub.fhir.disclosure.DisclosureLog;
import org.countyhub.fhir.disclosure.Requester;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.SearchPage;
import org.countyhub.fhir.search.model.SearchQuery;

/**
 * What the answer to one request tells of the patients behind persons: noted while the answer is made, and kept once it is
 * whole. A set, because a transaction that is planned again notes the same again.
 */
final class Disclosed {
    private final DisclosureLog log;
    private final ContentReader contents;
    private final Requester requester;
    private final Supplier<String> address;
    private final Set<Disclosure> noted = new LinkedHashSet<>();

    /** @param address where the request came from; asked for only when something is kept */
    Disclosed(DisclosureLog log, ContentReader contents, Requester requester, Supplier<String> address) {
        this.log = log;
        this.contents = contents;
        this.requester = requester;
        this.address = address;
    }

    Requester requester() {
        return requester;
    }

    /** A person is told with what is known of these patients, by their numbers. */
    void person(Kind kind, StoredVersion person, Collection<Long> patients) {
        noted.add(Disclosure.of(kind, person, patients));
    }

    /** Patients are told together because a person joins them. */
    void patients(Kind kind, Collection<Long> patients) {
        if (!patients.isEmpty()) {
            noted.add(Disclosure.ofPatients(kind, patients));
        }
    }

    /** A version of any resource is told; what matters is a Person, which carries the identifiers of its patients. */
    void version(Kind kind, StoredVersion version) {
        if (!version.key().type().equals("Person") || version.change() == Change.DELETE) {
            return;
        }
        Set<ResourceKey> patients = new LinkedHashSet<>();
        for (JsonNode link : contents.stored(version.json()).path("link")) {
            ResourceKey target = ResourceKey.ofReference(
                    link.path("target").path("reference").asText());
            if (target != null && target.type().equals("Patient")) {
                patients.add(target);
            }
        }
        noted.add(Disclosure.ofLinks(kind, version, patients));
    }

    /** A page of a search is told. */
    void page(SearchQuery query, SearchPage page) {
        PersonRoute route = PersonRoute.of(query);
        if (route.taken()) {
            noted.add(new Disclosure(
                    Kind.SEARCH,
                    0,
                    route.persons().size() == 1 ? route.persons().iterator().next() : null,
                    page.patients(),
                    Set.of(),
                    page.ofSeveral(),
                    route.codes()));
        }
        persons(page);
    }

    /** A page of everything about a person is told (Person/[id]/$everything). */
    void everything(StoredVersion person, SearchPage page) {
        noted.add(new Disclosure(
                Kind.EVERYTHING,
                person.surrogate(),
                person.key(),
                page.patients(),
                Set.of(),
                page.ofSeveral(),
                Set.of()));
        persons(page);
    }

    private void persons(SearchPage page) {
        Stream.of(page.matches(), page.included())
                .flatMap(List::stream)
                .forEach(version -> version(Kind.SEARCH, version));
    }

    /** Has what was noted kept, before the answer is sent. */
    void keep() {
        if (!noted.isEmpty()) {
            log.add(requester, address.get(), noted);
        }
    }
}
