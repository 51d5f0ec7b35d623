package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStamp;
import org.countyhub.fhir.resource.StoredVersion;
import org.jspecify.annotations.Nullable;

/** A person in the course of a transaction: as stored, with what becomes of its patients. */
final class PersonDraft {
    private final ResourceKey key;
    private final @Nullable StoredVersion stored;
    private final @Nullable ObjectNode storedContent;
    private final List<Member> members = new ArrayList<>();

    PersonDraft(ResourceKey key, @Nullable StoredVersion stored, @Nullable ObjectNode storedContent) {
        this.key = key;
        this.stored = stored;
        this.storedContent = storedContent == null ? null : ResourceStamp.unstamped(storedContent);
    }

    ResourceKey key() {
        return key;
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
