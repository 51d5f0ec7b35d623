package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.identity.DemographicsReader;
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
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Gives every patient that is written its person, in the same transaction. The county's Persons change in no other way:
 * what a client writes to one is refused.
 */
public final class PersonLinks implements ChangeFollower {
    final PersonStore store;
    final ResourceParser parser;
    private final DemographicsReader reader;
    private volatile PersonMatcher matcher;

    public PersonLinks(PersonStore store, ResourceParser parser, DemographicsReader reader, MatchModel model) {
        this.store = store;
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
        return Traits.of(reader.read(patient).demographics());
    }

    @Override
    public void follow(List<ResourceChange> planned, boolean alone, Additions additions) {
        List<Arrival> arrivals = new ArrayList<>();
        for (ResourceChange change : planned) {
            refuseKept(change);
            if (change.key().type().equals("Patient") && change.change() != Change.NONE) {
                arrivals.add(arrival(change));
            }
        }
        if (!arrivals.isEmpty()) {
            new Linking(this, alone, additions).run(arrivals);
        }
    }

    /**
     * A patient that is written.
     *
     * @param now what it says from now on; null when it is deleted
     */
    record Arrival(ResourceChange change, @Nullable Traits now, PatientKeys keys, PatientKeys keysBefore) {}

    private Arrival arrival(ResourceChange change) {
        Traits now = change.resource() == null ? null : traits(change.resource());
        return new Arrival(
                change,
                now,
                now == null ? PatientKeys.NONE : PersonMatcher.keys(now),
                change.previous() == null ? PatientKeys.NONE : PersonMatcher.keys(traits(change.previous())));
    }

    /** A patient as it is stored, for a decision without a write. */
    Arrival arrival(StoredVersion patient) {
        ObjectNode resource = parser.read(patient.json());
        Traits traits = traits(resource);
        PatientKeys keys = PersonMatcher.keys(traits);
        ResourceChange unchanged = new ResourceChange(
                patient.key(),
                patient.surrogate(),
                patient.version(),
                Change.NONE,
                patient.lastUpdated(),
                patient.version(),
                resource,
                resource,
                patient.json(),
                Set.of());
        return new Arrival(unchanged, traits, keys, keys);
    }

    /** A person and its patients, as stored. */
    PersonDraft draft(PersonStore.StoredPerson stored) {
        PersonDraft draft = new PersonDraft(
                stored.person().key(),
                stored.person(),
                parser.read(stored.person().json()));
        for (PersonStore.StoredMember member : stored.members()) {
            ObjectNode resource = parser.read(member.patient().json());
            draft.put(new Member(
                    member.patient().key(),
                    member.patient().surrogate(),
                    resource,
                    traits(resource),
                    member.assurance()));
        }
        return draft;
    }

    /** Writes a person's new content. */
    static ResourceChange add(PersonDraft person, ObjectNode content, Additions additions) {
        Map<ResourceKey, Long> references = new LinkedHashMap<>();
        person.members().forEach(member -> references.put(member.key(), member.number()));
        return additions.add(person.key(), person.stored(), content, references);
    }

    /** What tells the patients of two persons apart, whatever agrees. */
    static Set<Conflict> conflicts(PersonDraft one, PersonDraft other) {
        Set<Conflict> conflicts = EnumSet.noneOf(Conflict.class);
        for (Member left : one.members()) {
            for (Member right : other.members()) {
                conflicts.addAll(PersonMatcher.conflicts(left.traits(), right.traits()));
            }
        }
        return conflicts;
    }

    /** What the server keeps changes in no other way; only a steward's answer to a question may be written into it. */
    private static void refuseKept(ResourceChange change) {
        RecordKind before = RecordKind.of(change.previous());
        RecordKind now = RecordKind.of(change.resource());
        boolean answer = before == RecordKind.LINK_REVIEW && now == RecordKind.LINK_REVIEW;
        if ((before == null && now == null) || answer) {
            return;
        }
        throw new Problem.Conflict(List.of(Fault.at(
                        change.key().type() + ".meta.tag",
                        "business-rule",
                        change.key() + " is kept by the server: persons follow from the patients linked to them, which"
                                + " Patient/$merge and Person/$unmerge change")))
                .exception();
    }
}
