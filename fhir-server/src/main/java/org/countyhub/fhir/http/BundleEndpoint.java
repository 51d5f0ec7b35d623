package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.http.FhirRequest.Conditions;
import org.countyhub.fhir.http.FhirRequest.Content;
import org.countyhub.fhir.http.FhirRequest.Method;
import org.countyhub.fhir.http.FhirRequest.Prefer;
import org.countyhub.fhir.transaction.CriteriaParser;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.fhir.transaction.WriteOutcome;
import org.countyhub.fhir.transaction.WriteRequest;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** batch and transaction (FHIR R4 section 3.1.0.11). */
final class BundleEndpoint {
    private final TransactionService transactions;
    private final ContentReader contents;
    private final WriteEndpoint writes;
    private final Router router;
    private final Clock clock;

    BundleEndpoint(
            TransactionService transactions, ContentReader contents, WriteEndpoint writes, Router router, Clock clock) {
        this.transactions = transactions;
        this.contents = contents;
        this.writes = writes;
        this.router = router;
        this.clock = clock;
    }

    Reply process(FhirRequest request) {
        ObjectNode bundle = contents.resource(request.content());
        if (!bundle.path("resourceType").asText().equals("Bundle")) {
            throw Problem.malformed(
                    Fault.at("Bundle", "invalid", "the base address takes a Bundle of type batch or transaction"));
        }
        JsonNode entries = bundle.path("entry");
        return switch (bundle.path("type").asText()) {
            case "batch" -> batch(request, entries);
            case "transaction" -> transaction(request, entries(request, entries));
            default ->
                throw Problem.malformed(
                        Fault.at("Bundle.type", "value", "the base address takes a batch or a transaction"));
        };
    }

    /** An entry as the request that it stands for. */
    private record Entry(FhirRequest request, @Nullable String fullUrl) {
        boolean reads() {
            return request.method() == Method.GET || request.method() == Method.HEAD;
        }
    }

    private static List<Entry> entries(FhirRequest outer, JsonNode sent) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : sent) {
            String place = place(entries.size());
            try {
                entries.add(entry(outer, entry, place));
            } catch (ProblemException e) {
                throw placed(e, place);
            }
        }
        return entries;
    }

    private static String place(int index) {
        return "Bundle.entry[" + index + "]";
    }

    private static Entry entry(FhirRequest outer, JsonNode entry, String place) {
        JsonNode request = entry.path("request");
        if (!request.isObject()) {
            throw Problem.malformed(Fault.at(place + ".request", "required", "an entry says what to do in request"));
        }
        JsonNode resource = entry.path("resource");
        String url = relative(outer.base(), request.path("url").asText());
        int question = url.indexOf('?');
        FhirRequest meant = new FhirRequest(
                Method.valueOf(request.path("method").asText()),
                outer.base(),
                Router.segments(question < 0 ? url : url.substring(0, question)),
                question < 0 ? List.of() : CriteriaParser.parameters(url.substring(question + 1)),
                new Conditions(
                        text(request, "ifMatch"),
                        text(request, "ifNoneMatch"),
                        text(request, "ifNoneExist"),
                        text(request, "ifModifiedSince")),
                outer.prefer(),
                resource instanceof ObjectNode tree ? new Content.Resource(tree) : new Content.None(),
                place);
        return new Entry(meant, text(entry, "fullUrl"));
    }

    private static String relative(String base, String url) {
        String relative = url.startsWith(base + "/") ? url.substring(base.length()) : url;
        return relative.startsWith("/") ? relative.substring(1) : relative;
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isTextual() ? value.asText() : null;
    }

    /** Each entry by itself; what fails does not touch the others. */
    private Reply batch(FhirRequest request, JsonNode entries) {
        BundleJson answer = answer("batch-response", request, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            try {
                Entry entry = entry(request, entries.path(i), place(i));
                add(answer, entry, router.dispatch(entry.request()));
            } catch (RuntimeException e) {
                answer.response(Outcomes.reply(e), true);
            }
        }
        return Reply.of(200, answer.end());
    }

    private BundleJson answer(String type, FhirRequest request, int entries) {
        return new BundleJson(type, request.base(), clock.instant(), entries * 200);
    }

    /** All entries or none; reads see what the writes of the same transaction made. */
    private Reply transaction(FhirRequest request, List<Entry> entries) {
        requireOwnFullUrls(entries);
        List<WriteRequest> wanted = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.reads()) {
                wanted.add(write(entry));
            }
        }
        Reply[] replies = new Reply[entries.size()];
        List<WriteOutcome> outcomes = transactions.apply(wanted, () -> {
            for (int i = 0; i < replies.length; i++) {
                if (entries.get(i).reads()) {
                    replies[i] = read(entries.get(i));
                }
            }
        });
        int written = 0;
        for (int i = 0; i < replies.length; i++) {
            if (!entries.get(i).reads()) {
                replies[i] = WriteEndpoint.reply(
                        outcomes.get(written++),
                        entries.get(i).request().prefer().result());
            }
        }
        BundleJson answer = answer("transaction-response", request, entries.size());
        for (int i = 0; i < replies.length; i++) {
            add(answer, entries.get(i), replies[i]);
        }
        return Reply.of(200, answer.end());
    }

    /** Bundle, invariant bdl-7: a reference to one of two entries of the same name could mean either. */
    private static void requireOwnFullUrls(List<Entry> entries) {
        Set<String> seen = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.fullUrl() != null && !seen.add(entry.fullUrl())) {
                throw Problem.malformed(
                        Fault.at(entry.request().place() + ".fullUrl", "duplicate", "two entries have this fullUrl"));
            }
        }
    }

    private WriteRequest write(Entry entry) {
        FhirRequest request = entry.request();
        try {
            router.requireType(request);
            return new WriteRequest(writes.operation(request), entry.fullUrl(), request.place() + ".resource");
        } catch (ProblemException e) {
            throw placed(e, request.place());
        }
    }

    private Reply read(Entry entry) {
        try {
            return router.dispatch(entry.request());
        } catch (ProblemException e) {
            throw placed(e, entry.request().place());
        }
    }

    /** The same problem, with the entry in its place. */
    private static ProblemException placed(ProblemException e, String place) {
        List<Fault> faults = e.problem().faults().stream()
                .map(fault -> fault.expression() == null || !fault.expression().startsWith("Bundle.entry[")
                        ? new Fault(
                                fault.code(),
                                fault.diagnostics(),
                                fault.expression() == null ? place : place + ": " + fault.expression())
                        : fault)
                .toList();
        return e.problem().with(faults).exception();
    }

    private static void add(BundleJson answer, Entry entry, Reply reply) {
        boolean failed = reply.status() >= 400;
        boolean outcome = failed || (!entry.reads() && entry.request().prefer().result() == Prefer.Return.OUTCOME);
        answer.response(reply, outcome);
    }
}
