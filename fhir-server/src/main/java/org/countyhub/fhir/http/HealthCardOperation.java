package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.countyhub.fhir.identity.code.Check;
import org.countyhub.fhir.identity.code.CodeSystem;
import org.countyhub.fhir.identity.code.HealthCardId;
import org.countyhub.fhir.identity.code.RootKey;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * {@code Person/[id]/$health-card}: the ID of a resident's e-health card, made from the resident ID and the index on the
 * national platform that the person's records show, and whether the cards that they show are that one.
 */
final class HealthCardOperation {
    private static final String RESIDENT_ID_CARD = "01";

    private final ResourceStore resources;
    private final ContentReader contents;
    private final RootKey rootKey;

    HealthCardOperation(ResourceStore resources, ContentReader contents, RootKey rootKey) {
        this.resources = resources;
        this.contents = contents;
        this.rootKey = rootKey;
    }

    Reply card(FhirRequest request, ResourceKey person) {
        OperationInput.of(request, contents, Set.of());
        StoredVersion stored = resources.read(person);
        if (stored == null || !stored.change().readable()) {
            throw Problem.notFound(person + " is not known");
        }
        JsonNode identifiers = contents.stored(stored.json()).path("identifier");
        String residentId = only(identifiers, CodeSystem.RESIDENT_ID, "resident ID");
        String index = only(identifiers, CodeSystem.HEALTH_CARD_INDEX, "index on the national platform");
        String made =
                HealthCardId.of(rootKey, index, RESIDENT_ID_CARD, residentId).hex();
        Set<String> shown = sound(identifiers, CodeSystem.HEALTH_CARD);
        ParametersJson answer = new ParametersJson()
                .identifier("identifier", CodeSystem.HEALTH_CARD.address(), made)
                .flag("shown", shown.contains(made));
        shown.stream()
                .filter(card -> !card.equals(made))
                .forEach(card -> answer.identifier("other", CodeSystem.HEALTH_CARD.address(), card));
        return Reply.of(200, answer.end());
    }

    private static String only(JsonNode identifiers, CodeSystem system, String what) {
        Set<String> values = sound(identifiers, system);
        if (values.size() != 1) {
            throw Problem.unprocessable(Fault.of(
                    "business-rule",
                    (values.isEmpty() ? "no record of the person shows a valid " : "the records show more than one ")
                            + what));
        }
        return values.iterator().next();
    }

    /** The numbers of a system that prove themselves, in the form in which they are compared. */
    private static Set<String> sound(JsonNode identifiers, CodeSystem system) {
        Set<String> values = new LinkedHashSet<>();
        for (JsonNode identifier : identifiers) {
            Optional<CodeSystem> known = CodeSystem.of(identifier.path("system").asText());
            if (known.isPresent()
                    && Objects.equals(known.get(), system)
                    && system.check(identifier.path("value").asText()) instanceof Check.Sound sound) {
                values.add(sound.value());
            }
        }
        return values;
    }
}
