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
import org.jspecify.annotations.Nullable;

/** Which interaction a method and a path mean (FHIR R4 section 3.1.0, summary), and who answers it. */
final class Router {
    private static final List<String> READING = List.of("GET", "HEAD");
    private static final List<String> OF_INSTANCE = List.of("GET", "HEAD", "PUT", "PATCH", "DELETE");
    private static final List<String> POSTING = List.of("POST");
    private static final Interaction CAPABILITIES = new Interaction.Capabilities();
    private static final Interaction BUNDLE = new Interaction.Bundle();

    private final Definitions definitions;
    private final ReadEndpoint reads;
    private final WriteEndpoint writes;
    private final HistoryEndpoint histories;
    private final SearchEndpoint searches;
    private final BundleEndpoint bundles;
    private final CapabilityEndpoint capabilities;
    private final Operations operations;
    private final Views views;

    Router(
            Definitions definitions,
            ReadEndpoint reads,
            WriteEndpoint writes,
            HistoryEndpoint histories,
            SearchEndpoint searches,
            CapabilityEndpoint capabilities,
            Operations operations,
            Views views,
            TransactionService transactions,
            ContentReader contents,
            AnswerBudget answers,
            Clock clock) {
        this.definitions = definitions;
        this.reads = reads;
        this.writes = writes;
        this.histories = histories;
        this.searches = searches;
        this.capabilities = capabilities;
        this.operations = operations;
        this.views = views;
        this.bundles = new BundleEndpoint(transactions, contents, writes, this, views, answers.maxAnswerBytes(), clock);
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

    /** Answers a request. */
    Reply dispatch(FhirRequest request) {
        return answer(request, resolve(request));
    }

    /** Carries an interaction out. */
    Reply answer(FhirRequest request, Interaction interaction) {
        Reply reply =
                switch (interaction) {
                    case Interaction.Read read -> reads.read(read.key(), request);
                    case Interaction.ReadVersion read -> reads.readVersion(read.key(), read.version(), request);
                    case Interaction.Search search -> searches.search(request, search);
                    case Interaction.Write ignored -> writes.write(request);
                    case Interaction.History history -> histories.history(request, history.type(), history.id());
                    case Interaction.Capabilities ignored -> capabilities.read(request);
                    case Interaction.Operation operation -> operations.run(request, operation);
                    case Interaction.Bundle ignored -> bundles.process(request);
                };
        return views.of(request, reply);
    }

    /** What a request means; what the server does not offer, and parameters that the interaction does not take, are refused. */
    Interaction resolve(FhirRequest request) {
        Interaction interaction = interaction(request);
        switch (interaction) {
            case Interaction.Capabilities ignored -> KnownParameters.METADATA.require(request);
            case Interaction.History ignored -> KnownParameters.HISTORY.require(request);
            case Interaction.Read ignored -> KnownParameters.GENERAL.require(request);
            case Interaction.ReadVersion ignored -> KnownParameters.GENERAL.require(request);
            case Interaction.Bundle ignored -> KnownParameters.GENERAL.require(request);
            case Interaction.Write ignored -> {
                if (request.method() == Method.POST || request.path().size() == 2) {
                    KnownParameters.GENERAL.require(request);
                }
            }
            case Interaction.Search ignored -> {} // SearchParser knows them
            case Interaction.Operation ignored -> {} // each knows its own
        }
        if (request.view().elements() != null) {
            boolean mixed = request.parameter("_include") != null || request.parameter("_revinclude") != null;
            request.view().require(definitions, mixed ? null : interaction.type());
        }
        return interaction;
    }

    private Interaction interaction(FhirRequest request) {
        List<String> path = request.path();
        Interaction operation = operation(request);
        if (operation != null) {
            return operation;
        }
        return switch (path.isEmpty() ? "" : path.getFirst()) {
            case "" -> ofSystem(request);
            case "metadata" -> path.size() == 1 ? reading(request, CAPABILITIES) : nothing(request);
            case "_history" ->
                path.size() == 1 ? reading(request, new Interaction.History(null, null)) : nothing(request);
            case "_search" -> throw searchOverAllTypes(request);
            default -> ofType(request);
        };
    }

    /** {@code $name} at the end of a path is an operation (section 3.2.0); null when there is none. */
    private @Nullable Interaction operation(FhirRequest request) {
        List<String> path = request.path();
        for (String segment : path) {
            if (segment.startsWith("$")) {
                boolean last = segment.equals(path.getLast());
                Interaction.Operation operation = new Interaction.Operation(
                        path.size() > 1 ? path.getFirst() : "", path.size() == 3 ? path.get(1) : null, segment);
                if (!last || path.size() > 3 || !operations.offers(operation)) {
                    throw new Problem.NotFound(
                                    List.of(Fault.of("not-supported", "the operation " + segment + " is not offered")))
                            .exception();
                }
                List<String> methods = operations.methods(operation);
                if (!methods.contains(request.method().name())) {
                    throw notOffered(request, methods);
                }
                return operation;
            }
        }
        return null;
    }

    private static Interaction ofSystem(FhirRequest request) {
        return switch (request.method()) {
            case POST -> {
                if (!request.place().isEmpty()) {
                    throw notOffered("a batch or transaction inside another is not offered", List.of());
                }
                yield BUNDLE;
            }
            case GET, HEAD -> throw searchOverAllTypes(request);
            case DELETE -> throw overAllTypes(request, "a delete over all types is not offered; delete from one type");
            case PUT, PATCH -> throw notOffered(request, POSTING);
        };
    }

    private static RuntimeException searchOverAllTypes(FhirRequest request) {
        return overAllTypes(
                request, "a search over all types is not offered yet; search one type, as in Patient?_id=x");
    }

    private static RuntimeException overAllTypes(FhirRequest request, String diagnostics) {
        String named = request.parameters().stream()
                .map(java.util.Map.Entry::getKey)
                .filter(name -> !KnownParameters.takenByAll(name))
                .findFirst()
                .orElse("_type");
        return Problem.badSearch(named, diagnostics);
    }

    private Interaction ofType(FhirRequest request) {
        List<String> path = request.path();
        String type = path.getFirst();
        if (!definitions.isResourceType(type)) {
            throw Problem.notFound("there is no resource type " + type);
        }
        if (path.size() == 1) {
            return reads(request) ? new Interaction.Search(type, false) : new Interaction.Write(type);
        }
        if (path.size() == 2 && path.get(1).equals("_search")) {
            if (request.method() != Method.POST) {
                throw notOffered(request, POSTING);
            }
            return new Interaction.Search(type, true);
        }
        if (path.size() == 2 && path.get(1).equals("_history")) {
            return reading(request, new Interaction.History(type, null));
        }
        return ofInstance(request, type);
    }

    private static Interaction ofInstance(FhirRequest request, String type) {
        List<String> path = request.path();
        String id = path.get(1);
        if (path.size() == 2 && !reads(request)) {
            if (request.method() == Method.POST) {
                throw notOffered(request, OF_INSTANCE);
            }
            return new Interaction.Write(type);
        }
        boolean history = path.size() <= 4 && path.size() > 2 && path.get(2).equals("_history");
        if (path.size() > 2 && !history) {
            return nothing(request);
        }
        if (!reads(request)) {
            throw notOffered(request, READING);
        }
        if (!ResourceKey.isId(id)) {
            throw Problem.notFound("not a logical id: 1 to 64 letters, digits, - and . are allowed");
        }
        return switch (path.size()) {
            case 2 -> new Interaction.Read(new ResourceKey(type, id));
            case 3 -> new Interaction.History(type, id);
            default -> new Interaction.ReadVersion(new ResourceKey(type, id), path.get(3));
        };
    }

    private static boolean reads(FhirRequest request) {
        return request.method() == Method.GET || request.method() == Method.HEAD;
    }

    private static Interaction reading(FhirRequest request, Interaction interaction) {
        if (!reads(request)) {
            throw notOffered(request, READING);
        }
        return interaction;
    }

    private static Interaction nothing(FhirRequest request) {
        throw Problem.notFound("there is nothing at " + String.join("/", request.path()));
    }

    private static RuntimeException notOffered(FhirRequest request, List<String> offered) {
        return notOffered(
                request.method() + " is not offered at " + String.join("/", request.path()) + "; offered are "
                        + String.join(", ", offered),
                offered);
    }

    private static RuntimeException notOffered(String diagnostics, List<String> offered) {
        return new Problem.NotSupported(List.of(Fault.at("method", "not-supported", diagnostics)), offered).exception();
    }
}
