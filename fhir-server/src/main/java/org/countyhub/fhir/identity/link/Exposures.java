package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.countyhub.fhir.disclosure.DisclosureLog;
import org.countyhub.fhir.disclosure.Receiver;
import org.countyhub.fhir.disclosure.WrongPerson;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** From the moves of patients to those who were answered with something of them while they were wrongly joined. */
public final class Exposures {
    /** What is answered while a transaction runs that tells patients apart has a later time than the transaction. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final PersonStore persons;
    private final DecisionJournal journal;
    private final ResourceParser parser;
    private final ResourceStore resources;
    private final DisclosureLog log;

    public Exposures(
            PersonStore persons,
            DecisionJournal journal,
            ResourceParser parser,
            ResourceStore resources,
            DisclosureLog log) {
        this.persons = persons;
        this.journal = journal;
        this.parser = parser;
        this.resources = resources;
        this.log = log;
    }

    /** Has everything written that is known of answers so far; before the transaction that asks for it. */
    void prepare() {
        log.flush();
    }

    /**
     * What came of it that patients were with others in a person that they are about to leave.
     *
     * @param left the person, as it is without them
     * @param joined when they were joined, where it is one decision that is undone; null otherwise
     */
    Exposure of(PersonDraft left, List<Member> leaving, @Nullable Instant joined, Instant now) {
        StoredVersion stored = left.stored();
        if (stored == null) {
            return Exposure.NONE; // made by the same transaction: nobody has been answered through it
        }
        long person = stored.surrogate();
        Map<Long, Instant> since = joined == null ? since(person, leaving, left.members()) : Map.of();
        Map<ResourceKey, Instant> sinceOf = new LinkedHashMap<>();
        Map<ResourceKey, Long> numbers = new LinkedHashMap<>();
        Map<String, Instant> codes = new HashMap<>();
        for (Member member : leaving) {
            Instant from = joined == null ? since.getOrDefault(member.number(), Instant.EPOCH) : joined;
            sinceOf.put(member.key(), from);
            numbers.put(member.key(), member.number());
            addCodes(member.resource(), from, codes);
        }
        List<Receiver> receivers = log.receivers(new WrongPerson(
                person,
                leaving.stream().collect(Collectors.toMap(Member::number, member -> sinceOf.get(member.key()))),
                codes,
                numbers(left.members()),
                now.plus(AHEAD)));
        return new Exposure(sinceOf, numbers, receivers, organizations(receivers));
    }

    private KnownResources organizations(List<Receiver> receivers) {
        return KnownResources.among(
                receivers.stream()
                        .map(receiver -> receiver.requester().organization())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                resources);
    }

    /** One that came to the person has been with the others since; one for which the person was made, since the first came. */
    private Map<Long, Instant> since(long person, List<Member> leaving, List<Member> staying) {
        Set<Long> all = numbers(staying);
        all.addAll(numbers(leaving));
        Map<Long, Instant> joined = journal.joined(person, all);
        Map<Long, Instant> since = new HashMap<>();
        for (Member member : leaving) {
            Instant own = joined.get(member.number());
            Instant from = own != null
                    ? own
                    : staying.stream()
                            .map(other -> joined.get(other.number()))
                            .filter(Objects::nonNull)
                            .min(Instant::compareTo)
                            .orElse(null);
            if (from != null) {
                since.put(member.number(), from);
            }
        }
        return since;
    }

    private static Set<Long> numbers(List<Member> members) {
        return members.stream().map(Member::number).collect(Collectors.toSet());
    }

    private static void addCodes(ObjectNode patient, Instant from, Map<String, Instant> codes) {
        for (JsonNode identifier : patient.path("identifier")) {
            String value = identifier.path("value").asText();
            if (!value.isEmpty()) {
                codes.merge(value, from, (one, other) -> one.isBefore(other) ? one : other);
            }
        }
    }

    /**
     * Who was answered with something of the patients that a decision moved: from a person, while they were joined there, or
     * to one, so far.
     */
    List<Receiver> ofDecision(StoredVersion person, StoredVersion decision) {
        List<DecisionJournal.Move> moves = journal.moves(decision.surrogate());
        long number = person.surrogate();
        boolean from = moves.stream().allMatch(move -> move.from() != null && move.from() == number);
        boolean to = moves.stream().allMatch(move -> move.to() == number);
        if (moves.isEmpty() || (!from && !to)) {
            throw Problem.unprocessable(Fault.at(
                    "decision",
                    "business-rule",
                    decision.key() + " has moved no patients from or to " + person.key() + " alone"));
        }
        prepare();
        List<PersonStore.StoredMember> members =
                persons.persons(List.of(number)).getFirst().members();
        return from ? whileJoined(number, decision, moves, members) : soFar(number, decision, moves, members);
    }

    private List<Receiver> whileJoined(
            long person,
            StoredVersion decision,
            List<DecisionJournal.Move> moves,
            List<PersonStore.StoredMember> members) {
        Map<ResourceKey, Instant> since = Exposure.since(parser.read(decision.json()));
        Map<Long, Instant> patients = new HashMap<>();
        Map<String, Instant> codes = new HashMap<>();
        since.forEach((key, from) -> {
            StoredVersion patient = resources.read(key);
            if (patient != null) {
                patients.put(patient.surrogate(), from);
                if (patient.change().readable()) {
                    addCodes(parser.read(patient.json()), from, codes);
                }
            }
        });
        moves.forEach(move -> patients.putIfAbsent(move.patient(), Instant.EPOCH));
        return log.receivers(new WrongPerson(person, patients, codes, others(members), decision.lastUpdated()));
    }

    private List<Receiver> soFar(
            long person,
            StoredVersion decision,
            List<DecisionJournal.Move> moves,
            List<PersonStore.StoredMember> members) {
        Map<Long, Instant> patients = new HashMap<>();
        Map<String, Instant> codes = new HashMap<>();
        moves.forEach(move -> patients.put(move.patient(), decision.lastUpdated()));
        Set<Long> there = others(members);
        if (!there.containsAll(patients.keySet())) {
            throw Problem.unprocessable(Fault.at(
                    "decision",
                    "business-rule",
                    "what " + decision.key() + " moved has been moved on; ask by the later decision"));
        }
        for (PersonStore.StoredMember member : members) {
            if (patients.containsKey(member.patient().surrogate())) {
                addCodes(parser.read(member.patient().json()), decision.lastUpdated(), codes);
            }
        }
        there.removeAll(patients.keySet());
        return log.receivers(
                new WrongPerson(person, patients, codes, there, log.now().plus(AHEAD)));
    }

    private static Set<Long> others(List<PersonStore.StoredMember> members) {
        return members.stream().map(member -> member.patient().surrogate()).collect(Collectors.toSet());
    }
}
