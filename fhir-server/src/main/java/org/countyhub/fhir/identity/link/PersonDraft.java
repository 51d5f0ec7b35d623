package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.countyhub.fhir.identity.link.Member.Source;
import org.countyhub.fhir.identity.link.PersonStore.StoredMember;
import org.countyhub.fhir.identity.link.PersonStore.StoredPerson;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStamp;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.structure.ResourceParser;
import org.jspecify.annotations.Nullable;

/**
 * A person in the course of a transaction: as stored, with what becomes of its patients. What it takes to write it is read
 * only of those that are to be written.
 */
final class PersonDraft {
    /** Numbers with this added are all of the same length, so that they sort as texts. */
    private static final long SAME_LENGTH = 1_000_000_000_000_000_000L;

    private final @Nullable Long number;
    private final String name;
    private final List<Member> members = new ArrayList<>();
    private @Nullable ResourceKey key;
    private @Nullable StoredVersion stored;
    private @Nullable ObjectNode storedContent;

    private PersonDraft(@Nullable Long number, @Nullable ResourceKey key, String name) {
        this.number = number;
        this.key = key;
        this.name = name;
    }

    /** One that is not stored yet. */
    static PersonDraft fresh(ResourceKey key) {
        return new PersonDraft(null, key, key.toString());
    }

    /** A stored one, of which so far only the number is known. */
    static PersonDraft known(long number) {
        return new PersonDraft(number, null, Long.toString(SAME_LENGTH + number));
    }

    /** Adds what is stored: of the person, and of those patients that are still its own. */
    void read(StoredPerson person, ResourceParser parser) {
        key = person.person().key();
        stored = person.person();
        storedContent = ResourceStamp.unstamped(parser.read(person.person().json()));
        for (StoredMember member : person.members()) {
            StoredVersion patient = member.patient();
            for (int i = 0; i < members.size(); i++) {
                Member own = members.get(i);
                if (own.number() == patient.surrogate() && own.source() == null) {
                    Source source = new Source(patient.key(), parser.read(patient.json()));
                    members.set(i, new Member(own.number(), source, own.traits(), own.assurance()));
                }
            }
        }
    }

    /** What tells it from others in this transaction; stored ones sort by age, and before fresh ones. */
    String name() {
        return name;
    }

    /** The number of the resource; null for one that is not stored yet. */
    @Nullable
    Long number() {
        return number;
    }

    /** The key of the resource, which must have been read. */
    ResourceKey key() {
        return Objects.requireNonNull(key);
    }

    @Nullable
    StoredVersion stored() {
        return stored;
    }

    List<Member> members() {
        return members;
    }

    /** Puts a patient in its place, which is that of its creation; one that is there already is replaced. */
    void put(Member member) {
        remove(member.number());
        int at = members.size();
        while (at > 0 && members.get(at - 1).number() > member.number()) {
            at--;
        }
        members.add(at, member);
    }

    @Nullable
    Member remove(long number) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).number() == number) {
                return members.remove(i);
            }
        }
        return null;
    }

    /** The content to be written, or null when it is what is stored. */
    @Nullable
    ObjectNode changedContent() {
        ObjectNode content = CountyPerson.of(members);
        return content.equals(storedContent) ? null : content;
    }
}
