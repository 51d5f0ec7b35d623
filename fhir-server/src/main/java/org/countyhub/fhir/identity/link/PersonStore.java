package org.countyhub.fhir.identity.link;

import java.util.Collection;
import java.util.List;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.resource.StoredVersion;
import org.jspecify.annotations.Nullable;

/** Where the links between patients and persons are kept. Calls join the transaction that the caller has open. */
public interface PersonStore {
    int MOST_OF_A_TRAIT = 200;
    int MOST_OF_A_CODE = 1_000;

    /** A patient and how sure its link is. */
    record StoredMember(StoredVersion patient, Assurance assurance) {}

    /** A person as stored, and the patients linked to it in the order of their creation. */
    record StoredPerson(StoredVersion person, List<StoredMember> members) {
        public StoredPerson {
            members = List.copyOf(members);
        }
    }

    /**
     * A link to be: {@code patient} and {@code person} are numbers of resources.
     *
     * @param said what the patient says of the person; null for what is kept already
     */
    record Link(
            long patient,
            long person,
            Assurance assurance,
            @Nullable Demographics said) {}

    /**
     * A link as it is.
     *
     * @param said what the patient says of the person; null where only its resource tells
     */
    record Known(
            long patient,
            long person,
            Assurance assurance,
            @Nullable Demographics said) {}

    /** A key of a patient. */
    record KeyOf(long key, long patient) {}

    /**
     * Waits for other transactions that compare patients with any of these keys, and keeps them waiting until this one
     * ends. To be called once, before {@link #lockPersons} and {@link #members}. Many keys are locked as all keys.
     *
     * @return whether no other transaction links or moves anyone now, so that persons need no lock
     */
    boolean lockKeys(Collection<Long> keys);

    /** Locks the persons, in one order for all, and reads them with their patients as they are then. */
    List<StoredPerson> lockPersons(Collection<Long> persons);

    /** Who has a key. */
    record Holder(long key, long patient) {}

    /**
     * Who has one of the keys. A key that more patients have than could be told apart by it is left out:
     * {@value #MOST_OF_A_TRAIT} of a trait, {@value #MOST_OF_A_CODE} of a code.
     *
     * @param codes keys that stand for a code of one person
     * @param traits keys that several people may share
     */
    List<Holder> holders(Collection<Long> codes, Collection<Long> traits);

    /**
     * The patients of the persons that these patients are linked to, with what they say.
     *
     * @param locked whether persons need no lock; else they are locked first, in one order for all
     */
    List<Known> members(Collection<Long> patients, boolean locked);

    /** As {@link #lockPersons} without locks, for whoever only looks or has locked them. */
    List<StoredPerson> persons(Collection<Long> persons);

    /** As {@link #persons}, of those that these patients are linked to. */
    List<StoredPerson> personsOf(Collection<Long> patients);

    /** An identifier of a patient; a null system stands for any. */
    record Code(@Nullable String system, String value) {}

    /** The persons of patients that have one of the identifiers, at most {@code MAX_PERSONS_OF_A_CODE} of them. */
    List<Long> withCode(Collection<Code> codes);

    /** Tells every server, once the transaction is committed, that these persons have changed. */
    void announce(Collection<Long> persons);

    /** The number of the person that a patient is linked to, and so on; empty for patients without a link. */
    List<Known> links(Collection<Long> patients);

    /** Sets and removes links and keys. */
    void write(Collection<Link> links, Collection<Long> unlinked, Collection<KeyOf> added, Collection<KeyOf> removed);
}
