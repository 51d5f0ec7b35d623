package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.DemographicsReader;
import org.countyhub.fhir.identity.PatientReading;
import org.countyhub.fhir.identity.match.Conflict;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.Traits;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.RecordKind;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.fhir.transaction.ChangeFollower;
import org.countyhub.fhir.transaction.WriteOperation;
import org.countyhub.fhir.transaction.WriteRequest;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Gives every patient that is written its person, in the same transaction. The county's Persons change in no other way:
 * what a client writes to one is refused.
 */
public final class PersonLinks implements ChangeFollower {
    final PersonStore store;
    final DecisionJournal journal;
    final Exposures exposures;
    final ResourceParser parser;
    private final DemographicsReader reader;
    private volatile PersonMatcher matcher;

    public PersonLinks(
            PersonStore store,
            DecisionJournal journal,
            Exposures exposures,
            ResourceParser parser,
            DemographicsReader reader,
            MatchModel model) {
        this.store = store;
        this.journal = journal;
        this.exposures = exposures;
        this.parser = parser;
        this.reader = reader;
        this.matcher = new PersonMatcher(model, 0);
    }

    PersonMatcher matcher() {
        return matcher;
    }

    /**
     * Decides by another model from now on.
     *
     * @param version what decisions name it by; 0 for the start model
     */
    public void use(MatchModel model, int version) {
        matcher = new PersonMatcher(model, version);
    }

    Traits traits(ObjectNode patient) {
        return Traits.of(said(patient));
    }

    private Demographics said(ObjectNode patient) {
        return reader.read(patient).demographics();
    }

    /** What a linked patient says, if it was kept and would be read the same now. */
    @Nullable
    Traits traits(PersonStore.Known known) {
        Demographics said = known.said();
        return said != null && reader.isCurrent(said) ? Traits.of(said) : null;
    }

    /** What an answer decides may have to be told to those who were answered so far. */
    @Override
    public void prepare(List<WriteRequest> requests) {
        if (requests.stream().map(WriteRequest::operation).anyMatch(PersonLinks::mayAnswer)) {
            exposures.prepare();
        }
    }

    private static boolean mayAnswer(WriteOperation operation) {
        return switch (operation) {
            case WriteOperation.Update update -> RecordKind.of(update.resource()) == RecordKind.LINK_REVIEW;
            case WriteOperation.PatchResource patch -> patch.target().type().equals("Task");
            case WriteOperation.Create ignored -> false;
            case WriteOperation.Delete ignored -> false;
        };
    }

    @Override
    public void follow(List<ResourceChange> planned, Additions additions) {
        List<Arrival> arrivals = new ArrayList<>();
        List<ResourceChange> answers = new ArrayList<>();
        for (ResourceChange change : planned) {
            if (isAnswer(change)) {
                answers.add(change);
            } else {
                refuseKept(change, additions);
            }
            if (change.key().type().equals("Patient") && change.change() != Change.NONE) {
                Arrival arrival = arrival(change);
                warn(arrival, additions);
                arrivals.add(arrival);
            }
        }
        if (!arrivals.isEmpty()) {
            refuseTogether(answers, additions);
            new Linking(this, additions).run(arrivals);
        } else if (!answers.isEmpty()) {
            new Answering(this, additions).run(answers);
        }
    }

    /** What a patient says from now on decides what there is to ask: an answer to what was asked before comes too soon. */
    private static void refuseTogether(List<ResourceChange> answers, Additions additions) {
        if (!answers.isEmpty()) {
            throw additions.placed(
                    answers.getFirst().key(),
                    Problem.unprocessable(Fault.at(
                            "Task", "business-rule", "a transaction answers questions or writes patients, not both")));
        }
    }

    /** Gives patients their persons. */
    void link(List<Arrival> patients, Additions additions) {
        if (!patients.isEmpty()) {
            new Linking(this, additions).run(patients);
        }
    }

    /**
     * A patient that is written.
     *
     * @param said what it says from now on; null when it is deleted
     * @param now the same, ready to be compared
     * @param warnings of what it says that is wrong
     */
    record Arrival(
            ResourceChange change,
            @Nullable Demographics said,
            @Nullable Traits now,
            List<Fault> warnings,
            PatientKeys keys,
            PatientKeys keysBefore) {
        /** Whether nobody can know the patient yet. */
        boolean isNew() {
            return change.previousVersion() == null;
        }
    }

    private static void warn(Arrival arrival, Additions additions) {
        if (!arrival.warnings().isEmpty()) {
            additions.warn(arrival.change().key(), arrival.warnings());
        }
    }

    private Arrival arrival(ResourceChange change) {
        PatientReading reading = change.resource() == null ? null : reader.read(change.resource());
        Demographics said = reading == null ? null : reading.demographics();
        Traits now = said == null ? null : Traits.of(said);
        return new Arrival(
                change,
                said,
                now,
                reading == null ? List.of() : reading.warnings(),
                now == null ? PatientKeys.NONE : PersonMatcher.keys(now),
                change.previous() == null ? PatientKeys.NONE : PersonMatcher.keys(traits(change.previous())));
    }

    /** A patient as it is stored and locked, as if it had just been written and all that it says were new. */
    Arrival arrival(StoredVersion stored) {
        return arrival(new ResourceChange(
                stored.key(),
                stored.surrogate(),
                stored.version(),
                stored.change(),
                stored.lastUpdated(),
                stored.version(),
                null,
                parser.read(stored.json()),
                stored.json(),
                Set.of()));
    }

    /** A person and its patients, as stored. */
    PersonDraft draft(PersonStore.StoredPerson stored) {
        PersonDraft draft = PersonDraft.known(stored.person().surrogate());
        stored.members().forEach(member -> draft.put(member(member)));
        draft.read(stored, parser);
        return draft;
    }

    /** A patient, read anew. */
    Member member(PersonStore.StoredMember stored) {
        ObjectNode resource = parser.read(stored.patient().json());
        return new Member(
                stored.patient().surrogate(),
                new Member.Source(stored.patient().key(), resource),
                traits(resource),
                stored.assurance());
    }

    /** Writes a person's new content. */
    static ResourceChange add(PersonDraft person, ObjectNode content, Additions additions) {
        Map<ResourceKey, Long> references = new LinkedHashMap<>();
        person.members().forEach(member -> references.put(member.key(), member.number()));
        return additions.add(person.key(), person.stored(), content, references);
    }

    /** What tells any of some patients from any of others, whatever agrees. */
    static Set<Conflict> conflicts(List<Member> some, List<Member> others) {
        Set<Conflict> conflicts = EnumSet.noneOf(Conflict.class);
        for (Member left : some) {
            for (Member right : others) {
                conflicts.addAll(PersonMatcher.conflicts(left.traits(), right.traits()));
            }
        }
        return conflicts;
    }

    /** Whether a steward answers a question; only that may be written into what the server keeps. */
    private static boolean isAnswer(ResourceChange change) {
        return change.key().type().equals("Task")
                && RecordKind.of(change.previous()) == RecordKind.LINK_REVIEW
                && RecordKind.of(change.resource()) == RecordKind.LINK_REVIEW;
    }

    /** What the server keeps changes in no other way. */
    private static void refuseKept(ResourceChange change, Additions additions) {
        if (RecordKind.of(change.previous()) == null && RecordKind.of(change.resource()) == null) {
            return;
        }
        throw additions.placed(
                change.key(),
                new Problem.Conflict(List.of(Fault.at(
                                change.key().type() + ".meta.tag",
                                "business-rule",
                                change.key()
                                        + " is kept by the server: persons follow from the patients linked to them,"
                                        + " which Patient/$merge, Person/$unmerge and answers to questions change")))
                        .exception());
    }
}
