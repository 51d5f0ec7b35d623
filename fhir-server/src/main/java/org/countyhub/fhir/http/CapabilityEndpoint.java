package org.countyhub.fhir.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.primitives.Bytes;
import com.google.common.xml.XmlEscapers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.countyhub.fhir.resource.format.ResourceFormat;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.index.SearchType;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ResourceWriter;
import org.countyhub.fhir.transaction.WritePolicy;
import org.countyhub.kernel.Problem;

/**
 * capabilities (FHIR R4 section 3.1.0.10): what this server does, no more and no less. Composed once, in JSON and in
 * XML; only the address that the server is called by differs from one answer to the next.
 */
final class CapabilityEndpoint {
    /** Stands in the composed statement where the address comes. */
    private static final String ADDRESS = "urn:uuid:5d0c1b0e-5d6a-4d3e-9a53-3f6f2f5d7c11";

    /** R4 section 3.1.0.10. All are answered with the whole statement, as the section allows. */
    private static final Set<String> MODES = Set.of("full", "normative", "terminology");

    private static final String MOTHERS_MAIDEN_NAME =
            "http://hl7.org/fhir/SearchParameter/patient-extensions-Patient-mothersMaidenName";

    /** That of PDQm's supplier is not here: it asks for a search over all types, and for patients that all conform to its profile. */
    private static final String FEED_CONSUMER =
            "https://profiles.ihe.net/ITI/PMIR/CapabilityStatement/IHE.PMIR.PatientIdentityConsumer";

    private static final String FEED = "https://profiles.ihe.net/ITI/PMIR/MessageDefinition/IHE.PMIR.MessageDefinition";

    private static final List<String> TYPE_INTERACTIONS = List.of(
            "read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create", "search-type");

    private final Definitions definitions;
    private final SearchParameters parameters;
    private final WritePolicy policy;
    private final Operations operations;
    private final Instant date;
    private final Supplier<Around> json;
    private final Supplier<Around> xml;

    CapabilityEndpoint(
            Definitions definitions,
            SearchParameters parameters,
            WritePolicy policy,
            Operations operations,
            ResourceFormat format,
            Instant date) {
        this.definitions = definitions;
        this.parameters = parameters;
        this.policy = policy;
        this.operations = operations;
        this.date = date.truncatedTo(ChronoUnit.SECONDS);
        this.json = Suppliers.memoize(() -> Around.address(new ResourceWriter().write(compose())));
        this.xml = Suppliers.memoize(() -> Around.address(format.toXml(compose(), false)));
    }

    /** A text with one place in it where the address of the server comes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Around(byte[] before, byte[] after) {
        static Around address(byte[] text) {
            byte[] address = ADDRESS.getBytes(StandardCharsets.US_ASCII);
            int at = Bytes.indexOf(text, address);
            return new Around(Arrays.copyOf(text, at), Arrays.copyOfRange(text, at + address.length, text.length));
        }

        byte[] with(byte[] address) {
            return Bytes.concat(before, address, after);
        }
    }

    /** Composes both forms, so that no client waits for it. */
    void prepare() {
        var unusedJson = json.get();
        var unusedXml = xml.get();
    }

    Reply read(FhirRequest request) {
        String mode = request.parameter("mode");
        if (mode != null && !MODES.contains(mode)) {
            throw Problem.badSearch("mode", "mode must be full, normative or terminology");
        }
        return statement(request.base());
    }

    Reply statement(String base) {
        Reply reply =
                Reply.of(200, json.get().with(JsonStringEncoder.getInstance().quoteAsUTF8(base)));
        String escaped = XmlEscapers.xmlAttributeEscaper().escape(base);
        return reply.withXml(() -> xml.get().with(escaped.getBytes(StandardCharsets.UTF_8)));
    }

    private ObjectNode compose() {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("resourceType", "CapabilityStatement");
        statement.put("status", "active");
        statement.put("date", date.toString());
        statement.put("kind", "instance");
        statement.putArray("instantiates").add(FEED_CONSUMER);
        statement.putObject("software").put("name", "County hub").put("version", version());
        statement
                .putObject("implementation")
                .put("description", "Health information hub of the county")
                .put("url", ADDRESS);
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
        rest.set("resource", resources());
        ArrayNode system = rest.putArray("interaction");
        List.of("transaction", "batch", "history-system")
                .forEach(code -> system.addObject().put("code", code));
        operations(rest, "");
        ObjectNode messaging = statement.putArray("messaging").addObject();
        messaging.put("documentation", "Mobile Patient Identity Feed (IHE ITI-93), by $process-message");
        messaging
                .putArray("supportedMessage")
                .addObject()
                .put("mode", "receiver")
                .put("definition", FEED);
        return statement;
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
            // Not versioned-update: that would be to require If-Match.
            resource.put("versioning", "versioned");
            resource.put("readHistory", true);
            resource.put("updateCreate", true);
            resource.put("conditionalCreate", true);
            resource.put("conditionalRead", "full-support");
            resource.put("conditionalUpdate", true);
            resource.put("conditionalDelete", policy.multipleDeletes() ? "multiple" : "single");
            ArrayNode references =
                    resource.putArray("referencePolicy").add("literal").add("logical");
            if (!policy.missingReferences() && !policy.referencedDeletes()) {
                references.add("enforced");
            }
            search(resource, type, referring.getOrDefault(type, Set.of()));
            operations(resource, type);
        }
        return all;
    }

    /** Those of a type, or those of the system when the type is empty. */
    private void operations(ObjectNode into, String type) {
        for (Operations.Listed listed : operations.all()) {
            if (listed.type().equals(type)) {
                into.withArray("operation")
                        .addObject()
                        .put("name", listed.name())
                        .put("definition", listed.definition());
            }
        }
    }

    private void search(ObjectNode resource, String type, Set<String> referring) {
        ArrayNode includes = JsonNodeFactory.instance.arrayNode().add("*");
        ArrayNode offered = JsonNodeFactory.instance.arrayNode();
        for (SearchParameter parameter : parameters.of(type)) {
            if (parameter.kind() == SearchType.REFERENCE && !SearchParameters.isPerson(parameter)) {
                includes.add(type + ":" + parameter.code());
            }
            if (offered(parameter)) {
                ObjectNode listed = offered.addObject().put("name", parameter.code());
                if (parameter.code().equals("mothersMaidenName")) {
                    listed.put("definition", MOTHERS_MAIDEN_NAME);
                }
                listed.put("type", parameter.kind().name().toLowerCase(Locale.ROOT));
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
