package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.index.SearchType;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ResourceWriter;
import org.countyhub.fhir.transaction.WritePolicy;

/**
 * capabilities (FHIR R4 section 3.1.0.10): what this server does, no more and no less. Composed once for each address
 * that the server is called by.
 */
final class CapabilityEndpoint {
    /** As many addresses as a server may reasonably have; a client can make up any number of them. */
    private static final int MAX_KEPT = 16;

    private static final List<String> TYPE_INTERACTIONS = List.of(
            "read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create", "search-type");

    private final Definitions definitions;
    private final SearchParameters parameters;
    private final WritePolicy policy;
    private final Instant date;
    private final Supplier<ArrayNode> resources;
    private final Map<String, byte[]> byBase = new ConcurrentHashMap<>();

    CapabilityEndpoint(Definitions definitions, SearchParameters parameters, WritePolicy policy, Instant date) {
        this.definitions = definitions;
        this.parameters = parameters;
        this.policy = policy;
        this.date = date.truncatedTo(ChronoUnit.SECONDS);
        this.resources = Suppliers.memoize(this::resources);
    }

    Reply read(FhirRequest request) {
        byte[] known = byBase.get(request.base());
        if (known == null) {
            known = compose(request.base());
            if (byBase.size() < MAX_KEPT) {
                byBase.put(request.base(), known);
            }
        }
        return Reply.of(200, known);
    }

    private byte[] compose(String base) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("resourceType", "CapabilityStatement");
        statement.put("status", "active");
        statement.put("date", date.toString());
        statement.put("kind", "instance");
        statement.putObject("software").put("name", "County hub").put("version", version());
        statement
                .putObject("implementation")
                .put("description", "Health information hub of the county")
                .put("url", base);
        statement.put("fhirVersion", "4.0.1");
        statement
                .putArray("format")
                .add("application/fhir+json")
                .add("application/fhir+xml")
                .add("json")
                .add("xml");
        statement
                .putArray("patchFormat")
                .add("application/fhir+json")
                .add("application/fhir+xml")
                .add("application/json-patch+json");
        ObjectNode rest = statement.putArray("rest").addObject();
        rest.put("mode", "server");
        rest.set("resource", resources.get());
        ArrayNode system = rest.putArray("interaction");
        List.of("transaction", "batch", "history-system")
                .forEach(code -> system.addObject().put("code", code));
        return new ResourceWriter().write(statement);
    }

    private static String version() {
        String version = CapabilityEndpoint.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private ArrayNode resources() {
        Map<String, Set<String>> referring = referring();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (String type : definitions.resourceTypes()) {
            ObjectNode resource = all.addObject();
            resource.put("type", type);
            resource.put("profile", "http://hl7.org/fhir/StructureDefinition/" + type);
            ArrayNode interactions = resource.putArray("interaction");
            TYPE_INTERACTIONS.forEach(code -> interactions.addObject().put("code", code));
            resource.put("versioning", "versioned-update");
            resource.put("readHistory", true);
            resource.put("updateCreate", true);
            resource.put("conditionalCreate", true);
            resource.put("conditionalRead", "full-support");
            resource.put("conditionalUpdate", true);
            resource.put("conditionalDelete", policy.multipleDeletes() ? "multiple" : "single");
            ArrayNode references =
                    resource.putArray("referencePolicy").add("literal").add("local");
            if (!policy.missingReferences()) {
                references.add("enforced");
            }
            search(resource, type, referring.getOrDefault(type, Set.of()));
        }
        return all;
    }

    private void search(ObjectNode resource, String type, Set<String> referring) {
        ArrayNode includes = JsonNodeFactory.instance.arrayNode().add("*");
        ArrayNode offered = JsonNodeFactory.instance.arrayNode();
        for (SearchParameter parameter : parameters.of(type)) {
            if (parameter.kind() == SearchType.REFERENCE && !SearchParameters.isPerson(parameter)) {
                includes.add(type + ":" + parameter.code());
            }
            if (offered(parameter)) {
                offered.addObject()
                        .put("name", parameter.code())
                        .put("type", parameter.kind().name().toLowerCase(Locale.ROOT));
            }
        }
        resource.set("searchInclude", includes);
        if (!referring.isEmpty()) {
            ArrayNode reverse = resource.putArray("searchRevInclude");
            referring.forEach(reverse::add);
        }
        resource.set("searchParam", offered);
    }

    private static boolean offered(SearchParameter parameter) {
        return switch (parameter.kind()) {
            case TOKEN, REFERENCE, STRING, DATE, URI -> true;
            case NUMBER, QUANTITY, COMPOSITE, SPECIAL -> false;
        };
    }

    /** For each type the parameters that refer to it, such as {@code Observation:subject} for Patient. */
    private Map<String, Set<String>> referring() {
        Map<String, Set<String>> referring = new HashMap<>();
        for (String type : definitions.resourceTypes()) {
            for (SearchParameter parameter : parameters.of(type)) {
                if (parameter.kind() == SearchType.REFERENCE && !SearchParameters.isPerson(parameter)) {
                    for (String target : parameter.targets()) {
                        referring
                                .computeIfAbsent(target, key -> new TreeSet<>())
                                .add(type + ":" + parameter.code());
                    }
                }
            }
        }
        return referring;
    }
}
