package org.countyhub.fhir.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.http.FhirRequest.Method;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Which interaction a method and a path mean (FHIR R4 section 3.1.0, summary). */
final class Router {
    private final Definitions definitions;
    private final ReadEndpoint reads;
    private final WriteEndpoint writes;
    private final HistoryEndpoint histories;
    private final SearchEndpoint searches;
    private final BundleEndpoint bundles;
    private final CapabilityEndpoint capabilities;

    Router(
            Definitions definitions,
            ReadEndpoint reads,
            WriteEndpoint writes,
            HistoryEndpoint histories,
            SearchEndpoint searches,
            CapabilityEndpoint capabilities,
            TransactionService transactions,
            ContentReader contents,
            Clock clock) {
        this.definitions = definitions;
        this.reads = reads;
        this.writes = writes;
        this.histories = histories;
        this.searches = searches;
        this.capabilities = capabilities;
        this.bundles = new BundleEndpoint(transactions, contents, writes, this, clock);
    }

    /** The segments of a path, decoded. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment));
            }
        }
        return segments;
    }

    private static String decode(String segment) {
        try {
            // A plus sign is a plus sign in a path.
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(Fault.of("invalid", "the address is not percent-encoded as it should be"));
        }
    }

    Reply dispatch(FhirRequest request) {
        List<String> path = request.path();
        requireNoOperation(path);
        if (path.isEmpty()) {
            if (request.method() == Method.POST && request.place().isEmpty()) {
                return bundles.process(request);
            }
            throw notOffered("a search over all types is not offered; search a type");
        }
        return switch (path.getFirst()) {
            case "metadata" -> reading(request, path, 1) ? capabilities.read(request) : refuse(request);
            case "_history" -> reading(request, path, 1) ? histories.history(request, null, null) : refuse(request);
            case "_search" -> throw notOffered("a search over all types is not offered; search a type");
            default -> ofType(request);
        };
    }

    void requireType(FhirRequest request) {
        requireNoOperation(request.path());
        String type = request.path().isEmpty() ? "" : request.path().getFirst();
        if (!definitions.isResourceType(type)) {
            throw Problem.notFound("there is no resource type " + type);
        }
        if (request.path().size() > 2) {
            throw Problem.notFound("there is nothing at " + String.join("/", request.path()));
        }
        if (request.path().size() == 2 && request.method() == Method.POST) {
            throw refusal(request);
        }
    }

    /** Section 3.1.0.13: {@code $name} at the end of a path is an operation, and none is offered yet. */
    private static void requireNoOperation(List<String> path) {
        for (String segment : path) {
            if (segment.startsWith("$")) {
                throw new Problem.NotFound(
                                List.of(Fault.of("not-supported", "the operation " + segment + " is not offered")))
                        .exception();
            }
        }
    }

    private Reply ofType(FhirRequest request) {
        List<String> path = request.path();
        String type = path.getFirst();
        if (!definitions.isResourceType(type)) {
            throw Problem.notFound("there is no resource type " + type);
        }
        if (path.size() == 1) {
            return reading(request, path, 1) ? searches.search(request) : writes.write(request);
        }
        if (path.size() == 2 && path.get(1).equals("_search")) {
            return request.method() == Method.POST ? searches.searchByForm(request) : refuse(request);
        }
        if (path.size() == 2 && path.get(1).equals("_history")) {
            return reading(request, path, 2) ? histories.history(request, type, null) : refuse(request);
        }
        return ofInstance(request, type);
    }

    private Reply ofInstance(FhirRequest request, String type) {
        List<String> path = request.path();
        String id = path.get(1);
        boolean read = request.method() == Method.GET || request.method() == Method.HEAD;
        if (!read) {
            return path.size() == 2 && request.method() != Method.POST ? writes.write(request) : refuse(request);
        }
        if (!ResourceKey.isId(id)) {
            throw Problem.notFound("not a logical id: 1 to 64 letters, digits, - and . are allowed");
        }
        ResourceKey key = new ResourceKey(type, id);
        if (path.size() == 2) {
            return reads.read(key, request.conditions());
        }
        if (path.get(2).equals("_history") && path.size() == 3) {
            return histories.history(request, type, id);
        }
        if (path.get(2).equals("_history") && path.size() == 4) {
            return reads.readVersion(key, path.get(3));
        }
        throw Problem.notFound("there is nothing at " + String.join("/", path));
    }

    private static boolean reading(FhirRequest request, List<String> path, int size) {
        return path.size() == size && (request.method() == Method.GET || request.method() == Method.HEAD);
    }

    private static Reply refuse(FhirRequest request) {
        throw refusal(request);
    }

    private static RuntimeException refusal(FhirRequest request) {
        return notOffered(request.method() + " is not offered at " + String.join("/", request.path()));
    }

    private static RuntimeException notOffered(String diagnostics) {
        return new Problem.NotSupported(List.of(Fault.of("not-supported", diagnostics))).exception();
    }
}
