package org.countyhub.fhir.identity;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.countyhub.fhir.identity.code.CodeSystem;
import org.countyhub.fhir.identity.code.ResidentId;
import org.countyhub.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The codes of one Patient, each once, held against one another and against the rest of the resource. A resident ID with
 * another birth date or sex than the Patient's is likely a parent's, or borrowed, and two of them in one Patient are of two
 * people: they stay as evidence, but prove nothing.
 */
final class CodeList {
    private final @Nullable LocalDate birthDate;
    private final Sex sex;
    private final List<Fault> warnings;
    private final Map<Key, Held> held = new LinkedHashMap<>();

    private record Key(String system, String value) {}

    private record Held(PersonCode code, String place) {}

    CodeList(@Nullable LocalDate birthDate, Sex sex, List<Fault> warnings) {
        this.birthDate = birthDate;
        this.sex = sex;
        this.warnings = warnings;
    }

    /** One more; of the same code twice the one that is worth more stays. */
    void add(PersonCode read, String place) {
        PersonCode code = heldAgainstPatient(read, place);
        held.merge(
                new Key(code.system(), code.value()),
                new Held(code, place),
                (one, other) -> other.code.standing().compareTo(one.code.standing()) < 0 ? other : one);
    }

    List<PersonCode> codes() {
        Map<String, Integer> numbers = new HashMap<>();
        held.values().stream()
                .filter(CodeList::tellsApart)
                .forEach(one -> numbers.merge(one.code.system(), 1, Integer::sum));
        return held.values().stream()
                .map(one -> tellsApart(one) && numbers.getOrDefault(one.code.system(), 0) > 1
                        ? contradicted(one)
                        : one.code)
                .toList();
    }

    private PersonCode heldAgainstPatient(PersonCode code, String place) {
        if (code.standing() != Standing.VERIFIED || !code.system().equals(CodeSystem.RESIDENT_ID.address())) {
            return code;
        }
        ResidentId id = new ResidentId(code.value());
        boolean sameDate = birthDate == null || birthDate.equals(id.birthDate());
        boolean sameSex = !sex.contradicts(id.male() ? Sex.MALE : Sex.FEMALE);
        if (!sameDate) {
            warn(place, "the resident ID contains another birth date than Patient.birthDate");
        }
        if (!sameSex) {
            warn(place, "the resident ID contains another sex than Patient.gender");
        }
        return sameDate && sameSex ? code : weakened(code);
    }

    private PersonCode contradicted(Held one) {
        warn(one.place, "the patient has two different numbers of a kind of which a person keeps one for life");
        return weakened(one.code);
    }

    private static boolean tellsApart(Held one) {
        Standing standing = one.code.standing();
        return (standing == Standing.VERIFIED || standing == Standing.UNCHECKED)
                && CodeSystem.of(one.code.system())
                        .filter(CodeSystem::onePerPerson)
                        .isPresent();
    }

    private static PersonCode weakened(PersonCode code) {
        return new PersonCode(code.system(), code.value(), Standing.UNCHECKED);
    }

    private void warn(String place, String diagnostics) {
        warnings.add(Fault.at(place + ".value", "business-rule", diagnostics + "; it proves nothing"));
    }
}
