package org.countyhub.fhir.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.countyhub.fhir.http.Interaction.Operation;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

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

    /** Operations that HL7 or IHE define, by type and name; all others are the server's own. */
    private static final Map<String, String> DEFINED_ELSEWHERE = Map.of(
            "Patient/$everything", "http://hl7.org/fhir/OperationDefinition/Patient-everything",
            "Patient/$match", "http://hl7.org/fhir/OperationDefinition/Patient-match",
            "Patient/$ihe-pix", "https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix",
            "/$process-message", "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message");

    /** @param healthCards null when the server has no root key */
    Operations(
            PersonOperations persons,
            EverythingEndpoint everything,
            MessageEndpoint messages,
            @Nullable HealthCardOperation healthCards,
            ModelOperations models) {
        List<Offer> all = new ArrayList<>(List.of(
                new Offer(
                        "Person",
                        "$everything",
                        true,
                        false,
                        (request, operation) -> everything.everything(request, instance(operation))),
                new Offer(
                        "Patient",
                        "$everything",
                        true,
                        false,
                        (request, operation) -> everything.everything(request, instance(operation))),
                // A body that is meant is taken before it is read whole.
                new Offer("", ImportEndpoint.NAME, false, true, (request, operation) -> {
                    throw ImportEndpoint.otherBody();
                }),
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
                        (request, operation) -> persons.unmerge(request, Objects.requireNonNull(operation.id()))),
                new Offer(
                        "Person",
                        "$receivers",
                        true,
                        false,
                        (request, operation) -> persons.receivers(request, Objects.requireNonNull(operation.id()))),
                new Offer("", "$process-message", false, true, (request, operation) -> messages.process(request))));
        if (healthCards != null) {
            all.add(new Offer(
                    "Person",
                    "$health-card",
                    true,
                    false,
                    (request, operation) -> healthCards.card(request, instance(operation))));
        }
        this.offers = new LinkedHashMap<>();
        all.forEach(offer -> offers.put(key(offer.type(), offer.ofInstance(), offer.name()), offer));
    }

    private static ResourceKey instance(Operation operation) {
        String id = Objects.requireNonNull(operation.id());
        if (!ResourceKey.isId(id)) {
            throw Problem.notFound("not a logical id: 1 to 64 letters, digits, - and . are allowed");
        }
        return new ResourceKey(operation.ofType(), id);
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

    /**
     * An operation as it is listed.
     *
     * @param name without the dollar sign
     * @param definition the canonical address of its OperationDefinition
     * @param path below the base, with {@code {id}} in it where it is about one resource
     * @param methods by which it may be asked for
     */
    record Listed(String type, String name, String definition, String path, List<String> methods) {}

    /** All of them. */
    List<Listed> all() {
        return offers.values().stream()
                .map(offer -> new Listed(
                        offer.type(),
                        offer.name().substring(1),
                        definition(offer),
                        (offer.type().isEmpty() ? "" : "/" + offer.type())
                                + (offer.ofInstance() ? "/{id}/" : "/")
                                + offer.name(),
                        offer.writes() ? WRITING : READING))
                .toList();
    }

    private static String definition(Offer offer) {
        String elsewhere = DEFINED_ELSEWHERE.get(offer.type() + "/" + offer.name());
        return elsewhere != null
                ? elsewhere
                : DEFINITIONS + offer.type() + "-" + offer.name().substring(1);
    }
}
