package org.countyhub.fhir.identity.link;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.jspecify.annotations.Nullable;

/**
 * From any code to the person behind it. What was looked up is kept for a while, and forgotten on every server as soon as
 * the person changes; while a server does not hear of changes it keeps nothing.
 */
public final class PersonDirectory {
    private static final int MAX_KEPT = 50_000;

    private final PersonStore store;
    private final IdentifierSystems systems;
    private final Cache<PersonStore.Code, Known> kept =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).build();
    private final Cache<Long, Set<PersonStore.Code>> codesOf =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).build();
    /** Counts what is heard of changes, so that what was read before one is not kept after it. */
    private final AtomicLong changes = new AtomicLong();

    private volatile boolean hearing;

    public PersonDirectory(PersonStore store, IdentifierSystems systems) {
        this.store = store;
        this.systems = systems;
    }

    /**
     * A hospital's record of a person.
     *
     * @param number the number of the patient
     */
    public record HospitalRecord(ResourceKey patient, long number, Assurance assurance) {}

    /** A person and the records linked to it. */
    public record Known(StoredVersion person, List<HospitalRecord> records) {
        public Known {
            records = List.copyOf(records);
        }
    }

    /**
     * The persons that a code leads to: one, none, or several when the code is unique in a hospital only.
     *
     * @param system of the identifier, or an alias of it; null for any
     */
    public List<Known> resolve(@Nullable String system, String value) {
        PersonStore.Code code = new PersonStore.Code(system, value);
        Known known = hearing ? kept.getIfPresent(code) : null;
        if (known != null) {
            return List.of(known);
        }
        long before = changes.get();
        List<Known> found = read(system, value);
        if (hearing && found.size() == 1) {
            keep(code, found.getFirst(), before);
        }
        return found;
    }

    private List<Known> read(@Nullable String system, String value) {
        List<PersonStore.Code> codes = system == null
                ? List.of(new PersonStore.Code(null, value))
                : systems.all(system).stream()
                        .map(alias -> new PersonStore.Code(alias, value))
                        .toList();
        List<Long> persons = store.withCode(codes);
        return persons.isEmpty()
                ? List.of()
                : store.persons(persons).stream().map(PersonDirectory::known).toList();
    }

    private static Known known(PersonStore.StoredPerson stored) {
        return new Known(
                stored.person(),
                stored.members().stream()
                        .map(member -> new HospitalRecord(
                                member.patient().key(), member.patient().surrogate(), member.assurance()))
                        .toList());
    }

    private void keep(PersonStore.Code code, Known known, long before) {
        long person = known.person().surrogate();
        codesOf.asMap().merge(person, Set.of(code), (some, more) -> Stream.concat(some.stream(), more.stream())
                .collect(Collectors.toUnmodifiableSet()));
        kept.put(code, known);
        if (changes.get() != before) {
            kept.invalidate(code);
        }
    }

    /** Forgets the persons that this server itself has changed, before the news of it come round. */
    public void committed(List<ResourceChange> committed) {
        for (ResourceChange change : committed) {
            if (change.key().type().equals("Person")) {
                changed(change.surrogate());
            }
        }
    }

    /** Forgets a person that has changed. */
    public void changed(long person) {
        changes.incrementAndGet();
        Set<PersonStore.Code> codes = codesOf.asMap().remove(person);
        if (codes != null) {
            kept.invalidateAll(codes);
        }
    }

    /** Says whether {@link #changed} is called for every change from now on. */
    public void hearing(boolean now) {
        // Off until all is forgotten: should that fail, nothing that is stale is answered.
        hearing = false;
        changes.incrementAndGet();
        kept.invalidateAll();
        codesOf.invalidateAll();
        hearing = now;
    }
}
