package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.http.FhirRequest.Method;
import org.countyhub.fhir.http.FhirRequest.Prefer;
import org.countyhub.fhir.structure.BundleTree;
import org.countyhub.fhir.transaction.EntryPlace;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.fhir.transaction.WriteOutcome;
import org.countyhub.fhir.transaction.WriteRequest;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** batch and transaction (FHIR R4 section 3.1.0.11). */
final class BundleEndpoint {
    private static final int RESPONSE_BYTES = 200;

    private final TransactionService transactions;
    private final ContentReader contents;
    private final WriteEndpoint writes;
    private final Router router;
    private final Views views;
    private final int maxAnswerBytes;
    private final Clock clock;

    /** @param maxAnswerBytes how much the resources in an answer may come to */
    BundleEndpoint(
            TransactionService transactions,
            ContentReader contents,
            WriteEndpoint writes,
            Router router,
            Views views,
            int maxAnswerBytes,
            Clock clock) {
        this.transactions = transactions;
        this.contents = contents;
        this.writes = writes;
        this.router = router;
        this.views = views;
        this.maxAnswerBytes = maxAnswerBytes;
        this.clock = clock;
    }

    Reply process(FhirRequest request) {
        BundleTree sent = contents.bundle(request.content());
        ObjectNode bundle = sent.resource();
        if (!bundle.path("resourceType").asText().equals("Bundle")) {
            throw Problem.malformed(
                    Fault.at("Bundle", "invalid", "the base address takes a Bundle of type batch or transaction"));
        }
        return switch (bundle.path("type").asText()) {
            case "batch" -> batch(request, bundle.path("entry"), sent.wrongEntries());
            case "transaction" -> transaction(request, entries(request, bundle.path("entry")));
            default ->
                throw Problem.malformed(
                        Fault.at("Bundle.type", "value", "the base address takes a batch or a transaction"));
        };
    }

    /** An entry as the request that it stands for. */
    private record Entry(
            FhirRequest request,
            Interaction interaction,
            @Nullable String sentType,
            @Nullable String fullUrl) {
        boolean writes() {
            return interaction instanceof Interaction.Write;
        }

        ProblemException placed(ProblemException refusal) {
            return EntryPlace.within(request.place(), sentType, "request.url", refusal);
        }
    }

    private List<Entry> entries(FhirRequest outer, JsonNode sent) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : sent) {
            entries.add(entry(outer, entry, place(entries.size())));
        }
        return entries;
    }

    private static String place(int index) {
        return "Bundle.entry[" + index + "]";
    }

    private Entry entry(FhirRequest outer, JsonNode entry, String place) {
        String sentType = EntryReader.text(entry.path("resource"), "resourceType");
        try {
            FhirRequest request = EntryReader.read(outer, entry, place);
            return new Entry(request, router.resolve(request), sentType, EntryReader.text(entry, "fullUrl"));
        } catch (ProblemException e) {
            throw EntryPlace.within(place, sentType, "request.url", e);
        }
    }

    /** Each entry by itself; what fails does not touch the others. */
    private Reply batch(FhirRequest request, JsonNode entries, Map<Integer, List<Fault>> wrong) {
        BundleJson answer = answer("batch-response", request, entries.size());
        boolean full = false;
        for (int i = 0; i < entries.size(); i++) {
            long used = request.room().used();
            int size = answer.size();
            try {
                List<Fault> faults = wrong.get(i);
                if (faults != null) {
                    throw new Problem.Malformed(faults).exception();
                }
                Entry entry = entry(request, entries.path(i), place(i));
                if (full && !entry.writes()) {
                    throw entry.placed(tooLarge());
                }
                Reply reply = answer(entry);
                if (answer.size() + reply.json().length > maxAnswerBytes) {
                    full = true;
                    reply = entry.writes() ? reply.withJson(NOTHING) : Outcomes.reply(entry.placed(tooLarge()));
                }
                add(answer, entry, reply);
            } catch (RuntimeException e) {
                Reply refusal = Outcomes.reply(e);
                boolean fits = answer.size() + refusal.json().length <= maxAnswerBytes;
                answer.response(fits ? refusal : refusal.withJson(NOTHING), true);
            }
            request.room().backTo(used, answer.size() - size);
        }
        return Reply.of(200, answer.end());
    }

    private static final byte[] NOTHING = {};

    private Reply answer(Entry entry) {
        try {
            return router.answer(entry.request(), entry.interaction());
        } catch (ProblemException e) {
            throw entry.placed(e);
        }
    }

    /** What did not find room any more; the client asks for it by itself. */
    private ProblemException tooLarge() {
        return new Problem.TooLarge(List.of(Fault.of(
                        "too-costly",
                        "the answer to one Bundle holds at most " + maxAnswerBytes / 1024
                                + " KB; ask for less, or in several requests")))
                .exception();
    }

    private BundleJson answer(String type, FhirRequest request, int entries) {
        return new BundleJson(type, request.base(), clock.instant(), entries * RESPONSE_BYTES);
    }

    /** All entries or none; reads see what the writes of the same transaction made. */
    private Reply transaction(FhirRequest request, List<Entry> entries) {
        requireOwnFullUrls(entries);
        List<WriteRequest> wanted = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.writes()) {
                wanted.add(write(entry));
            }
        }
        Reply[] replies = new Reply[entries.size()];
        long used = request.room().used();
        transactions.apply(wanted, outcomes -> {
            request.room().backTo(used, 0);
            answer(entries, outcomes, replies);
        });
        BundleJson answer = answer("transaction-response", request, entries.size());
        for (int i = 0; i < replies.length; i++) {
            add(answer, entries.get(i), replies[i]);
        }
        return Reply.of(200, answer.end());
    }

    /** The reply to each entry, while everything can still be undone. */
    private void answer(List<Entry> entries, List<WriteOutcome> outcomes, Reply[] replies) {
        long bytes = 0;
        int written = 0;
        for (int i = 0; i < replies.length; i++) {
            Entry entry = entries.get(i);
            replies[i] = entry.writes() ? reply(entry.request(), outcomes.get(written++)) : answer(entry);
            bytes += replies[i].json().length;
            if (bytes > maxAnswerBytes) {
                throw entry.placed(tooLarge());
            }
        }
    }

    private Reply reply(FhirRequest request, WriteOutcome outcome) {
        return views.of(request, WriteEndpoint.reply(outcome, request.prefer().result()));
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
            return new WriteRequest(writes.operation(request), entry.fullUrl(), request.place());
        } catch (ProblemException e) {
            throw entry.placed(e);
        }
    }

    private static void add(BundleJson answer, Entry entry, Reply reply) {
        boolean failed = reply.status() >= 400;
        boolean outcome =
                failed || (entry.writes() && entry.request().prefer().result() != Prefer.Return.REPRESENTATION);
        boolean bodyless = !failed && entry.request().method() == Method.HEAD;
        answer.response(bodyless ? reply.withJson(NOTHING) : reply, outcome);
    }
}
