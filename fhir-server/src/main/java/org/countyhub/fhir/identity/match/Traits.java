package org.countyhub.fhir.identity.match;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.PersonCode;
import org.countyhub.fhir.identity.PersonName;
import org.countyhub.fhir.identity.Sex;
import org.countyhub.fhir.identity.match.names.ComparableName;
import org.jspecify.annotations.Nullable;

/**
 * A record made ready to be compared with many. A verified resident ID adds the birth date in it to the one stated, and its
 * sex where none is stated. A placeholder for a name is left out.
 *
 * @param birthDates of eight digits, the stated one first
 * @param codes without refuted ones
 */
public record Traits(
        List<ComparableName> names,
        List<String> birthDates,
        Sex sex,
        List<String> phones,
        List<ComparableAddress> addresses,
        List<ComparableName> guardians,
        List<PersonCode> codes,
        boolean placeholder,
        boolean multipleBirth,
        int birthOrder,
        @Nullable String bloodGroup) {

    public static Traits of(Demographics source) {
        List<PersonCode> codes = source.codes().stream()
                .filter(code -> code.standing() != PersonCode.Standing.REFUTED)
                .toList();
        Set<String> dates = new LinkedHashSet<>();
        if (source.birthDate() != null) {
            dates.add(BirthDates.digits(source.birthDate()));
        }
        Sex sex = source.sex();
        for (PersonCode code : codes) {
            if (Codes.isResidentId(code) && hasBirthDate(code.value())) {
                dates.add(code.value().substring(6, 14));
                boolean stated = sex == Sex.MALE || sex == Sex.FEMALE;
                sex = stated ? sex : (code.value().charAt(16) - '0') % 2 == 1 ? Sex.MALE : Sex.FEMALE;
            }
        }
        return new Traits(
                source.placeholder() ? List.of() : comparable(source.names()),
                List.copyOf(dates),
                sex,
                source.phones().stream().sorted().toList(),
                source.addresses().stream().map(ComparableAddress::of).toList(),
                comparable(source.guardians()),
                codes,
                source.placeholder(),
                source.multipleBirth(),
                source.birthOrder(),
                source.bloodGroup());
    }

    private static List<ComparableName> comparable(List<PersonName> names) {
        List<ComparableName> comparable = new ArrayList<>(names.size());
        for (PersonName name : names) {
            ComparableName next = ComparableName.of(name);
            if (!next.isEmpty() && !comparable.contains(next)) {
                comparable.add(next);
            }
        }
        return List.copyOf(comparable);
    }

    private static boolean hasBirthDate(String id) {
        try {
            LocalDate.of(
                    Integer.parseInt(id, 6, 10, 10),
                    Integer.parseInt(id, 10, 12, 10),
                    Integer.parseInt(id, 12, 14, 10));
            return true;
        } catch (DateTimeException | NumberFormatException e) {
            return false;
        }
    }
}
