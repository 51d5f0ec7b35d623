package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.countyhub.fhir.http.FhirRequest.Content;
import org.countyhub.fhir.http.FhirRequest.Prefer;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.resource.patch.FhirPathPatch;
import org.countyhub.fhir.resource.patch.JsonPatch;
import org.countyhub.fhir.resource.patch.Patch;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.transaction.Preconditions;
import org.countyhub.fhir.transaction.Target;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.fhir.transaction.WriteOperation;
import org.countyhub.fhir.transaction.WriteOutcome;
import org.countyhub.fhir.transaction.WriteRequest;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** create, update, patch and delete, plain and conditional (FHIR R4 sections 3.1.0.4 to 3.1.0.8). */
final class WriteEndpoint {
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String PATCH_TYPES = "a patch is a JSON Patch, " + JSON_PATCH
            + ", or a FHIRPath Patch, application/fhir+json or application/fhir+xml";
    private static final byte[] NOTHING = {};

    private final TransactionService transactions;
    private final ContentReader contents;
    private final Definitions definitions;

    WriteEndpoint(TransactionService transactions, ContentReader contents, Definitions definitions) {
        this.transactions = transactions;
        this.contents = contents;
        this.definitions = definitions;
    }

    /** Carries out one write. */
    Reply write(FhirRequest request) {
        WriteOperation operation = operation(request);
        WriteRequest write = new WriteRequest(operation, null, request.place());
        WriteOutcome outcome = transactions.apply(List.of(write)).getFirst();
        return reply(outcome, request.prefer().result());
    }

    /** The write that a request on {@code Type} or {@code Type/id} means. */
    WriteOperation operation(FhirRequest request) {
        String type = request.path().getFirst();
        return switch (request.method()) {
            case POST -> new WriteOperation.Create(type, resource(request, type), ifNoneExist(request, type));
            case PUT ->
                new WriteOperation.Update(target(request, type), resource(request, type), preconditions(request));
            case PATCH ->
                new WriteOperation.PatchResource(target(request, type), patch(request), preconditions(request));
            case DELETE -> new WriteOperation.Delete(target(request, type), preconditions(request));
            case GET, HEAD -> throw new IllegalArgumentException("not a write");
        };
    }

    private static Target target(FhirRequest request, String type) {
        if (request.path().size() == 2) {
            String id = request.path().get(1);
            if (!ResourceKey.isId(id)) {
                throw Problem.malformed(
                        Fault.at("id", "value", "not a logical id: 1 to 64 letters, digits, - and . are allowed"));
            }
            return new Target.ById(new ResourceKey(type, id));
        }
        return new Target.ByCriteria(
                type,
                Queries.encode(request.parameters().stream()
                        .filter(parameter -> !KnownParameters.takenByAll(parameter.getKey()))
                        .toList()));
    }

    private ObjectNode resource(FhirRequest request, String type) {
        ObjectNode resource = contents.resource(request.content());
        String sent = resource.path("resourceType").asText();
        if (!sent.equals(type)) {
            throw Problem.malformed(Fault.at(sent, "invalid", "a " + sent + " was sent to the address of " + type));
        }
        return resource;
    }

    private Patch patch(FhirRequest request) {
        return switch (request.content()) {
            case Content.Bytes bytes -> {
                if (bytes.mediaType().name().equals(JSON_PATCH)) {
                    yield JsonPatch.parse(contents.json(bytes.bytes()));
                }
                if (!ContentReader.isResource(bytes.mediaType())) {
                    throw new Problem.UnsupportedMedia(List.of(Fault.at("Content-Type", "not-supported", PATCH_TYPES)))
                            .exception();
                }
                yield FhirPathPatch.parse(contents.resource(bytes), definitions);
            }
            case Content.Resource resource -> patchOfEntry(resource.resource());
            case Content.None ignored -> throw Problem.malformed(Fault.of("required", "a patch needs a body"));
        };
    }

    /** Section 3.1.0.11.1: a JSON Patch inside a Bundle is the data of a Binary. */
    private Patch patchOfEntry(ObjectNode resource) {
        if (resource.path("resourceType").asText().equals("Parameters")) {
            return FhirPathPatch.parse(resource, definitions);
        }
        JsonNode data = resource.path("data");
        if (!resource.path("contentType").asText().startsWith(JSON_PATCH) || !data.isTextual()) {
            throw new Problem.UnsupportedMedia(List.of(Fault.of(
                            "not-supported", "a patch entry takes Parameters or a Binary of type " + JSON_PATCH)))
                    .exception();
        }
        try {
            return JsonPatch.parse(contents.json(Base64.getMimeDecoder().decode(data.asText())));
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(Fault.at("Binary.data", "value", "not base64"));
        }
    }

    /** The parameters alone (section 3.1.0.8.1), though clients write the whole address of the search as well. */
    private static @Nullable String ifNoneExist(FhirRequest request, String type) {
        String sent = request.conditions().ifNoneExist();
        int question = sent == null ? -1 : sent.indexOf('?');
        if (sent == null || question < 0) {
            return sent;
        }
        String address = sent.substring(0, question);
        boolean ofType = address.isEmpty() || address.equals(type) || address.endsWith("/" + type);
        return ofType && address.indexOf('=') < 0 ? sent.substring(question + 1) : sent;
    }

    private static Preconditions preconditions(FhirRequest request) {
        return Preconditions.of(
                request.conditions().ifMatch(), request.conditions().ifNoneMatch());
    }

    /** Status and body of what became of a write (sections 3.1.0.4, 3.1.0.7, 3.1.0.8). */
    static Reply reply(WriteOutcome outcome, Prefer.Return wanted) {
        return switch (outcome.effect()) {
            case CREATED -> version(201, outcome, wanted, "created");
            case UPDATED -> version(200, outcome, wanted, "updated");
            case UNCHANGED -> version(200, outcome, wanted, "unchanged: the content was the same");
            case MATCHED -> version(200, outcome, wanted, "not created: the criteria find it");
            case DELETED -> deleted(outcome, wanted, "deleted");
            case NOTHING -> deleted(outcome, wanted, "there was nothing to delete");
        };
    }

    private static Reply version(int status, WriteOutcome outcome, Prefer.Return wanted, String said) {
        StoredVersion version = Objects.requireNonNull(outcome.version());
        Reply reply = Reply.of(status, version).withLocation(version.location());
        List<Fault> warnings = outcome.warnings();
        return switch (wanted) {
            case REPRESENTATION ->
                warnings.isEmpty() ? reply : reply.withWarnings(Outcomes.outcome("warning", warnings));
            // What is minimal is for the server to say (RFC 7240 section 4.2): a warning is not left out.
            case MINIMAL -> reply.withJson(warnings.isEmpty() ? NOTHING : Outcomes.outcome("warning", warnings));
            case OUTCOME -> reply.withJson(Outcomes.information(version.location() + " " + said, warnings));
        };
    }

    private static Reply deleted(WriteOutcome outcome, Prefer.Return wanted, String said) {
        StoredVersion version = outcome.version();
        Reply reply = version == null ? Reply.empty(204) : Reply.of(204, version, NOTHING);
        return wanted == Prefer.Return.OUTCOME
                ? version == null
                        ? Reply.of(200, Outcomes.information(said))
                        : Reply.of(200, version, Outcomes.information(said))
                : reply;
    }
}
