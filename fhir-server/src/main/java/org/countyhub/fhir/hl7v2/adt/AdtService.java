package org.countyhub.fhir.hl7v2.adt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.countyhub.fhir.disclosure.Requester;
import org.countyhub.fhir.hl7v2.message.ErrorCode;
import org.countyhub.fhir.hl7v2.message.Header;
import org.countyhub.fhir.hl7v2.message.Location;
import org.countyhub.fhir.hl7v2.message.Message;
import org.countyhub.fhir.hl7v2.message.Refusal;
import org.countyhub.fhir.hl7v2.message.Segment;
import org.countyhub.fhir.hl7v2.sender.Sender;
import org.countyhub.fhir.hl7v2.sender.Senders;
import org.countyhub.fhir.identity.link.PersonStewardship;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.search.parse.SearchParser;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.fhir.transaction.Preconditions;
import org.countyhub.fhir.transaction.Target;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.fhir.transaction.WriteOperation;
import org.countyhub.fhir.transaction.WriteRequest;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/**
 * What ADT messages do to Patients. A record is read, brought to what the message says, and written on condition that nobody
 * else has written it meanwhile; else all is done again. So the same message twice changes nothing, and of two messages about
 * one patient each sees what the other did.
 */
public final class AdtService {
    /** Each attempt that fails is another's that went through; more than this many senders do not meet in one patient. */
    private static final int MAX_ATTEMPTS = 40;

    /** A sender's clock may be wrong by so much; beyond it no later news would ever be newer. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final TransactionService transactions;
    private final PersonStewardship stewardship;
    private final PatientNumbers numbers;
    private final ResourceParser parser;
    private final ZoneId zone;
    private final Clock clock;

    public AdtService(
            TransactionService transactions,
            PersonStewardship stewardship,
            SearchParser searches,
            SearchStore search,
            ResourceParser parser,
            ZoneId zone,
            Clock clock) {
        this.transactions = transactions;
        this.stewardship = stewardship;
        this.numbers = new PatientNumbers(searches, search, parser);
        this.parser = parser;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * A01, A04, A05, A08, A28 and A31: what is known of a patient.
     *
     * @return a remark for the sender; empty for none
     */
    public String register(Header header, Message message, Sender sender, Senders senders) {
        IdentifierFields identifiers = new IdentifierFields(sender, senders);
        Segment pid = message.one("PID");
        Instant event = recorded(header, message);
        String number = identifiers.own(pid, 3);
        return again(() -> {
            PatientRecord record = numbers.find(sender, number, pid.at(3));
            if (record.isNewerThan(event)) {
                return "not taken: what is known of this patient was recorded later than this event";
            }
            if (!record.replacedBy().isEmpty()) {
                throw Refusal.error(
                        pid.at(3), ErrorCode.UNKNOWN_KEY_IDENTIFIER, "this number was merged into another one (A40)");
            }
            fill(record, message, event, identifiers);
            List<WriteRequest> writes = new ArrayList<>(List.of(record.write()));
            Target.ById related = new Target.ById(Mother.key(sender.patientSystem(), number));
            ObjectNode mother = Mother.read(message, sender, identifiers, related.key(), record.reference());
            if (mother != null) {
                parser.check(mother);
                writes.add(WriteRequest.of(new WriteOperation.Update(related, mother, Preconditions.NONE)));
            }
            transactions.apply(writes);
            return "";
        });
    }

    /**
     * A40: the record of MRG-1 is the same patient's as that of PID-3, which lives on. The old one points to it and is not
     * active any more; the persons behind both become one, by the sender's word, unless what is proven of them contradicts.
     */
    public String merge(Header header, Message message, Sender sender, Senders senders) {
        IdentifierFields identifiers = new IdentifierFields(sender, senders);
        Segment pid = message.one("PID");
        Segment mrg = message.one("MRG");
        Instant event = recorded(header, message);
        String surviving = identifiers.own(pid, 3);
        String merged = identifiers.own(mrg, 1);
        if (surviving.equals(merged)) {
            throw Refusal.error(mrg.at(1), ErrorCode.DUPLICATE_KEY_IDENTIFIER, "PID-3 and MRG-1 name the same record");
        }
        return again(() -> {
            PatientRecord into = numbers.find(sender, surviving, pid.at(3));
            PatientRecord from = numbers.find(sender, merged, mrg.at(1));
            if (!from.isNew() && from.replacedBy().equals(into.reference())) {
                return "";
            }
            refuseMergedBefore(into, pid.at(3));
            refuseMergedBefore(from, mrg.at(1));
            if (into.isNew()) {
                fill(into, message, event, identifiers);
            }
            from.record(event);
            from.replaceBy(into);
            parser.check(from.content());
            join(into, from, mrg.at(1));
            return "";
        });
    }

    /** One that lives on is written too, unchanged: so that nobody else merges it away meanwhile. */
    private void join(PatientRecord into, PatientRecord from, Location at) {
        try {
            transactions.apply(
                    List.of(into.hold(), from.write()),
                    outcomes -> stewardship.join(
                            Objects.requireNonNull(outcomes.get(1).key()),
                            Objects.requireNonNull(outcomes.get(0).key()),
                            Requester.named(from.sender().name())));
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.Conflict conflict) {
                throw Refusal.error(conflict.faults().stream()
                        .map(fault -> Problems.error(fault, at, ErrorCode.INTERNAL))
                        .toList());
            }
            throw e;
        }
    }

    private static void refuseMergedBefore(PatientRecord record, Location at) {
        if (!record.replacedBy().isEmpty()) {
            throw Refusal.error(
                    at, ErrorCode.UNKNOWN_KEY_IDENTIFIER, "this number was merged into another one already");
        }
    }

    private void fill(PatientRecord record, Message message, Instant event, IdentifierFields identifiers) {
        new PatientFields(record.sender(), identifiers, zone).fill(record.content(), message);
        record.content().withObject("/meta").put("source", record.sender().source());
        record.record(event);
        parser.check(record.content());
    }

    /** When the event was recorded: EVN-2, which a message keeps when it is sent again, else MSH-7. */
    private Instant recorded(Header header, Message message) {
        List<Segment> events = message.all("EVN");
        boolean inEvent = !events.isEmpty() && events.getFirst().has(2);
        Location at = inEvent ? events.getFirst().at(2) : Location.field("MSH", 7);
        String text = inEvent ? events.getFirst().text(2) : header.component(7, 1);
        if (text.isEmpty()) {
            throw Refusal.error(
                    Location.field("EVN", 2),
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    "neither EVN-2 nor MSH-7 says when the event was recorded");
        }
        Instant event = Hl7Time.of(text, at).instant(zone);
        if (event.isAfter(clock.instant().plus(AHEAD))) {
            throw Refusal.error(at, ErrorCode.DATA_TYPE, "the event was recorded in the future");
        }
        return event;
    }

    private static String again(Supplier<String> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (ProblemException e) {
                if (!(e.problem() instanceof Problem.StaleVersion)) {
                    throw e;
                }
                if (attempt == MAX_ATTEMPTS) {
                    throw Problem.busy("too many messages about one patient at once; send it again", 1);
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000));
            }
        }
    }
}
