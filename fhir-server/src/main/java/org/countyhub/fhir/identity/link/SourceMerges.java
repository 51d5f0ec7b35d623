package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.countyhub.fhir.identity.link.DecisionJournal.Move;
import org.countyhub.fhir.identity.link.PersonLinks.Arrival;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.transaction.ChangeFollower.Additions;
import org.jspecify.annotations.Nullable;

/**
 * What sources say of their own records in the transaction: one of them has been replaced by another (R4, Patient.link of type
 * {@code replaced-by} or {@code replaces}), so the persons behind the two are one. A link counts when it is new. Where the records
 * are of two sources, a steward has told them apart, or what is verified about the persons contradicts, a steward is asked.
 */
final class SourceMerges {
    private static final String RULE = "source-merge";

    private final PersonLinks links;
    private final Additions additions;
    private final List<Claim> claims = new ArrayList<>();
    private final List<Joined> joined = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();
    private Map<Long, PersonDraft> personOf = Map.of();

    /** Numbers of two patients; {@code said} is the change that says so, and {@code other} is not the patient that changed. */
    private record Claim(ResourceChange said, long replaced, long by, long other) {}

    /** @param moved the patients of {@code from} as they were in it */
    private record Joined(PersonDraft from, PersonDraft to, List<Member> moved, String saidBy) {}

    private record Doubt(Member member, PersonDraft other, List<String> conflicts) {}

    SourceMerges(PersonLinks links, List<Arrival> arrivals, Additions additions) {
        this.links = links;
        this.additions = additions;
        for (Arrival arrival : arrivals) {
            ResourceChange change = arrival.change();
            if (change.resource() != null) {
                claims(change, change.resource());
            }
        }
    }

    private void claims(ResourceChange change, ObjectNode patient) {
        Set<String> before = new LinkedHashSet<>();
        if (change.previous() != null) {
            change.previous().path("link").forEach(link -> before.add(claim(link)));
        }
        for (JsonNode link : patient.path("link")) {
            String type = link.path("type").asText();
            Long other = type.startsWith("replace") && !before.contains(claim(link)) ? target(change, link) : null;
            if (other != null && other != change.surrogate()) {
                long own = change.surrogate();
                claims.add(
                        type.equals("replaced-by")
                                ? new Claim(change, own, other, other)
                                : new Claim(change, other, own, other));
            }
        }
    }

    private static String claim(JsonNode link) {
        return link.path("type").asText() + " "
                + link.path("other").path("reference").asText();
    }

    /** The number of the patient that a link leads to; null when it is none of this server. */
    private @Nullable Long target(ResourceChange change, JsonNode link) {
        String sent = link.path("other").path("reference").asText();
        int version = sent.indexOf("/_history/");
        String reference = version < 0 ? sent : sent.substring(0, version);
        for (ResourceKey key : change.references()) {
            boolean meant = reference.equals(key.toString()) || reference.endsWith("/" + key);
            if (meant && key.type().equals("Patient")) {
                return additions.number(key);
            }
        }
        return null;
    }

    /** The persons of all patients that are spoken of. */
    Stream<PersonDraft> concerned(Map<Long, PersonDraft> persons) {
        return claims.stream()
                .flatMap(claim -> Stream.of(claim.replaced(), claim.by()))
                .map(persons::get)
                .filter(Objects::nonNull)
                .distinct();
    }

    /** The patients that are spoken of and are not among those that are written. */
    Set<Long> others() {
        Set<Long> others = new LinkedHashSet<>();
        claims.forEach(claim -> others.add(claim.other()));
        return others;
    }

    /**
     * Joins persons, or notes what to ask.
     *
     * @param personOf the person of each patient, by number; follows what is moved
     */
    void run(Map<Long, PersonDraft> personOf) {
        this.personOf = personOf;
        for (Claim claim : claims) {
            PersonDraft from = personOf.get(claim.replaced());
            PersonDraft to = personOf.get(claim.by());
            if (from == null || to == null || from == to) {
                continue;
            }
            Member replaced = member(from, claim.replaced());
            List<String> conflicts = conflicts(claim, replaced, from, member(to, claim.by()), to);
            if (!conflicts.isEmpty()) {
                doubts.add(new Doubt(replaced, to, conflicts));
                continue;
            }
            List<Member> moving = List.copyOf(from.members());
            for (Member member : moving) {
                from.remove(member.number());
                to.put(member.with(assurance(member, member.number() == claim.replaced())));
                personOf.put(member.number(), to);
            }
            joined.add(new Joined(from, to, moving, saidBy(claim.said())));
        }
    }

    /** Whose word it is: the source of the record that says so, by its address (R4, Meta.source) where it gives one. */
    private static String saidBy(ResourceChange change) {
        ObjectNode resource = change.resource();
        String address = resource == null ? "" : resource.at("/meta/source").asText();
        return "The source of " + change.key() + (address.isEmpty() ? "" : ", " + address);
    }

    /** The source's word is about one record; those that come along are no surer than it. */
    private static Assurance assurance(Member member, boolean spokenOf) {
        return spokenOf || member.assurance().level() > Assurance.LEVEL3.level()
                ? Assurance.LEVEL3
                : member.assurance();
    }

    private static Member member(PersonDraft person, long number) {
        return person.members().stream()
                .filter(member -> member.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private List<String> conflicts(Claim claim, Member replaced, PersonDraft from, Member by, PersonDraft to) {
        List<String> conflicts = new ArrayList<>();
        PersonStewardship.contradictions(from.members(), to.members())
                .forEach(conflict -> conflicts.add(PersonMatcher.word(conflict)));
        if (!source(claim, replaced).equals(source(claim, by))) {
            conflicts.add("other-source");
        }
        for (Member member : from.members()) {
            Set<Long> apart = Set.copyOf(links.journal.apartFrom(member.number()));
            if (to.members().stream().anyMatch(other -> apart.contains(other.number()))) {
                conflicts.add("told-apart");
                break;
            }
        }
        return conflicts.stream().distinct().toList();
    }

    /** Whose record it is; a record that is only told to be replaced may say no more itself, but its last version did. */
    private static String source(Claim claim, Member member) {
        String now = organization(member.resource());
        ObjectNode previous = claim.said().previous();
        return now.isEmpty() && previous != null && claim.said().surrogate() == member.number()
                ? organization(previous)
                : now;
    }

    private static String organization(JsonNode patient) {
        JsonNode organization = patient.path("managingOrganization");
        for (JsonNode said : List.of(
                organization.path("reference"),
                organization.path("identifier").path("value"),
                organization.path("display"))) {
            if (said.isTextual()) {
                return said.asText();
            }
        }
        return "";
    }

    /** Persons that have changed. */
    Set<PersonDraft> touched() {
        Set<PersonDraft> touched = new LinkedHashSet<>();
        for (Joined join : joined) {
            touched.add(join.to());
            touched.add(join.from());
        }
        return touched;
    }

    /** Numbers of the patients that have another person now. */
    Set<Long> moved() {
        Set<Long> moved = new LinkedHashSet<>();
        joined.forEach(join -> join.moved().forEach(member -> moved.add(member.number())));
        return moved;
    }

    /** Whether a steward need not be asked in another way whether the patient is one of these persons. */
    boolean settles(Member member, List<PersonDraft> persons) {
        return joined.stream()
                        .anyMatch(join -> join.moved().stream().anyMatch(m -> m.number() == member.number())
                                && persons.contains(join.to()))
                || doubts.stream()
                        .anyMatch(
                                doubt -> doubt.member().number() == member.number() && persons.contains(doubt.other()));
    }

    /** Whether what is told of a join names a person. */
    boolean names(PersonDraft person) {
        return joined.stream().anyMatch(join -> join.to() == person);
    }

    /**
     * Writes down what was joined and what is asked, when the persons are written.
     *
     * @return what was moved, by which it is undone
     */
    List<Move> tell(Map<PersonDraft, Long> numbers) {
        List<Move> moves = new ArrayList<>();
        joined.forEach(join -> moves.addAll(tell(join, numbers)));
        doubts.forEach(doubt -> ask(doubt, numbers));
        return moves;
    }

    private List<Move> tell(Joined join, Map<PersonDraft, Long> numbers) {
        long to = PersonMoves.number(join.to(), numbers);
        boolean known = numbers.containsKey(join.from()) || join.from().stored() != null;
        Long from = known ? Long.valueOf(PersonMoves.number(join.from(), numbers)) : null;
        Map<ResourceKey, Long> references = new LinkedHashMap<>();
        references.put(join.to().key(), to);
        if (from != null) {
            references.put(join.from().key(), from);
        }
        join.moved().forEach(member -> references.put(member.key(), member.number()));
        ObjectNode provenance = LinkRecords.provenance(
                LinkRecords.Activity.MERGE,
                List.copyOf(references.keySet()),
                additions.now(),
                List.of(LinkRecords.named(join.saidBy())),
                new Explanation(RULE, 0, List.of(), List.of()),
                null);
        long decision = additions
                .add(additions.fresh("Provenance"), null, provenance, references)
                .surrogate();
        return join.moved().stream()
                .map(member -> new Move(decision, member.number(), from, to, from == null ? null : member.assurance()))
                .toList();
    }

    private void ask(Doubt doubt, Map<PersonDraft, Long> numbers) {
        Member member = doubt.member();
        PersonDraft own = personOf.get(member.number());
        if (own == null
                || own == doubt.other()
                || Suspect.others(doubt.other(), member).isEmpty()) {
            return; // another word of the same transaction has settled it
        }
        Suspect suspect = Suspect.of(links.matcher(), member, doubt.other());
        Explanation why = new Explanation(RULE, 0, List.of(), doubt.conflicts());
        OpenQuestions.ask(member, own, List.of(suspect), why, additions, person -> PersonMoves.number(person, numbers));
    }

    /**
     * Notes which patients need not be asked about any more.
     *
     * @return the persons that have no patients left
     */
    Set<ResourceKey> settle(Map<Long, Closure> settled) {
        Set<ResourceKey> emptied = new LinkedHashSet<>();
        for (Joined join : joined) {
            join.to().members().forEach(member -> settled.putIfAbsent(member.number(), Closure.ALREADY_LINKED));
            join.moved().forEach(member -> settled.put(member.number(), Closure.PATIENT_MOVED));
            if (join.from().members().isEmpty()) {
                emptied.add(join.from().key());
            }
        }
        return emptied;
    }
}
