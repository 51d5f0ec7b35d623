package org.countyhub.fhir.identity.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStamp;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.fhir.transaction.Preconditions;
import org.countyhub.fhir.transaction.Target;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.fhir.transaction.WriteOperation;
import org.countyhub.fhir.transaction.WriteOutcome;
import org.countyhub.fhir.transaction.WriteRequest;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Mobile Patient Identity Feed (IHE PMIR, ITI-93): a history of what a source did to its patients, carried out as one
 * transaction. Records keep the ids that the source gives them. A message that was carried out is not carried out again.
 */
public final class PatientFeed {
    private final TransactionService transactions;
    private final ResourceStore resources;
    private final ResourceParser parser;
    private final FeedJournal journal;

    public PatientFeed(
            TransactionService transactions, ResourceStore resources, ResourceParser parser, FeedJournal journal) {
        this.transactions = transactions;
        this.resources = resources;
        this.parser = parser;
        this.journal = journal;
    }

    /** Ends the transaction of a message that someone else has carried out meanwhile. */
    private static final class Repeated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Repeated() {
            super(null, null, false, false);
        }
    }

    /** Carries a message out, all of it or nothing; one that was carried out before changes nothing. */
    public void carryOut(FeedMessage message) {
        String event = message.header().path("eventUri").asText();
        if (!event.equals(FeedMessage.EVENT)) {
            throw Problem.unprocessable(Fault.at(
                    "Bundle.entry[0].resource.event",
                    "not-supported",
                    "the server takes messages of the event " + FeedMessage.EVENT + " only"));
        }
        byte[] key = message.key();
        if (key != null && journal.holds(key)) {
            return;
        }
        List<FeedEntry> entries = entries(message);
        List<WriteRequest> requests = entries.stream().map(this::request).toList();
        try {
            var unused = transactions.apply(requests, outcomes -> {
                refuseTakenIds(entries, outcomes);
                if (key != null && !journal.add(key)) {
                    throw new Repeated();
                }
            });
        } catch (Repeated e) {
            // Someone sends it twice at once; the other one answers for both.
        }
    }

    private static List<FeedEntry> entries(FeedMessage message) {
        JsonNode history = message.history();
        String place = "Bundle.entry[" + message.focus() + "].resource";
        if (!history.path("type").asText().equals("history")) {
            throw Problem.unprocessable(Fault.at(place + ".type", "value", "the focus of a patient feed is a history"));
        }
        List<FeedEntry> entries = new ArrayList<>();
        for (JsonNode entry : history.path("entry")) {
            entries.add(FeedEntry.of(entry, place + ".entry[" + entries.size() + "]"));
        }
        if (entries.isEmpty()) {
            throw Problem.unprocessable(Fault.at(place + ".entry", "required", "the history is empty"));
        }
        return entries;
    }

    private WriteRequest request(FeedEntry entry) {
        return new WriteRequest(operation(entry), entry.fullUrl(), entry.place());
    }

    private WriteOperation operation(FeedEntry entry) {
        Target target = entry.target();
        ObjectNode resource = entry.resource();
        if (entry.method() == FeedEntry.Method.DELETE || resource == null) {
            return new WriteOperation.Delete(Objects.requireNonNull(target), Preconditions.NONE);
        }
        boolean replaced = FeedEntry.isReplaced(resource);
        if (replaced) {
            resource.put("active", false);
        }
        if (!(target instanceof Target.ById byId)) {
            return target == null
                    ? new WriteOperation.Create(entry.type(), resource, null)
                    : new WriteOperation.Update(target, resource, Preconditions.NONE);
        }
        resource.put("id", byId.key().id());
        StoredVersion stored = entry.method() == FeedEntry.Method.PUT ? readable(byId.key()) : null;
        if (stored == null) {
            return new WriteOperation.Update(target, resource, Preconditions.NONE);
        }
        ObjectNode before = parser.read(stored.json());
        if (!replaced && FeedEntry.isReplaced(before)) {
            throw new Problem.NotSupported(
                            List.of(Fault.at(
                                    entry.place() + ".resource.link",
                                    "not-supported",
                                    byId.key() + " has been replaced by another record, and a feed does not undo that;"
                                            + " Person/$unmerge does")),
                            List.of())
                    .exception();
        }
        // A record that is told to be replaced often says nothing else; what it said before stays true.
        return replaced
                ? new WriteOperation.Update(target, over(before, resource), Preconditions.of(stored.etag(), null))
                : new WriteOperation.Update(target, resource, Preconditions.NONE);
    }

    private @Nullable StoredVersion readable(ResourceKey key) {
        StoredVersion stored = resources.read(key);
        return stored != null && stored.change().readable() ? stored : null;
    }

    private static ObjectNode over(ObjectNode before, ObjectNode sent) {
        ObjectNode whole = ResourceStamp.unstamped(before);
        whole.setAll(sent);
        return whole;
    }

    /** A new record must not take the place of one that says something else: ids are the registry's, not a source's. */
    private static void refuseTakenIds(List<FeedEntry> entries, List<WriteOutcome> outcomes) {
        for (int i = 0; i < entries.size(); i++) {
            WriteOutcome outcome = outcomes.get(i);
            if (entries.get(i).method() == FeedEntry.Method.POST && outcome.effect() == WriteOutcome.Effect.UPDATED) {
                throw new Problem.Conflict(List.of(Fault.at(
                                entries.get(i).place(),
                                "duplicate",
                                outcome.key() + " is there already and says something else; tell of it by PUT")))
                        .exception();
            }
        }
    }
}
