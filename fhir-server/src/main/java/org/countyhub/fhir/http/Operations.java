package org.countyhub.fhir.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.countyhub.fhir.http.Interaction.Operation;

/** The operations that the server offers (FHIR R4 section 3.2), each by its type and name. */
final class Operations {
    /** Where the server's own operations are defined. */
    static final String DEFINITIONS = "https://countyhub.org/fhir/OperationDefinition/";

    private static final List<String> READING = List.of("GET", "POST");
    private static final List<String> WRITING = List.of("POST");

    /** Carries an operation out. */
    @FunctionalInterface
    private interface Work {
        Reply run(FhirRequest request, Operation operation);
    }

    /** @param ofInstance whether it is about one resource rather than the type */
    private record Offer(String type, String name, boolean ofInstance, boolean writes, Work work) {}

    private final Map<String, Offer> offers;

    Operations(PersonOperations persons, ModelOperations models) {
        List<Offer> all = List.of(
                new Offer("Person", "$resolve", false, false, (request, operation) -> persons.resolve(request)),
                new Offer("Patient", "$match", false, false, (request, operation) -> persons.match(request)),
                new Offer("Patient", "$ihe-pix", false, false, (request, operation) -> persons.pix(request)),
                new Offer("Person", "$estimate", false, true, (request, operation) -> models.estimate(request)),
                new Offer("Person", "$match-model", false, false, (request, operation) -> models.model(request)),
                new Offer("Patient", "$merge", false, true, (request, operation) -> persons.merge(request)),
                new Offer(
                        "Person",
                        "$unmerge",
                        true,
                        true,
                        (request, operation) -> persons.unmerge(request, Objects.requireNonNull(operation.id()))));
        this.offers = new LinkedHashMap<>();
        all.forEach(offer -> offers.put(key(offer.type(), offer.ofInstance(), offer.name()), offer));
    }

    private static String key(String type, boolean ofInstance, String name) {
        return type + (ofInstance ? "/[id]/" : "/") + name;
    }

    private Offer offer(Operation operation) {
        return Objects.requireNonNull(offers.get(key(operation.ofType(), operation.id() != null, operation.name())));
    }

    boolean offers(Operation operation) {
        return offers.containsKey(key(operation.ofType(), operation.id() != null, operation.name()));
    }

    /** The methods by which it may be asked for: what changes anything only by POST (section 3.2.0.3). */
    List<String> methods(Operation operation) {
        return offer(operation).writes() ? WRITING : READING;
    }

    Reply run(FhirRequest request, Operation operation) {
        return offer(operation).work().run(request, operation);
    }

    /** The names of the operations on a type, without the dollar sign. */
    List<String> on(String type) {
        List<String> names = new ArrayList<>();
        for (Offer offer : offers.values()) {
            if (offer.type().equals(type)) {
                names.add(offer.name().substring(1));
            }
        }
        return names;
    }
}
