package org.countyhub.fhir.identity;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one source says of a person, in the form in which it is compared. Nothing in it is guessed: what the source does
 * not say is empty or null.
 *
 * @param names official and other names, the one to go by first
 * @param birthDate null where the source gives none or only a year or a month
 * @param sex as recorded by the source
 * @param phones digits only, without the country code of China
 * @param guardians names of mothers, fathers and other contacts who answer for the person
 * @param codes cards and numbers, each once
 * @param placeholder whether the name stands in for one that is not known yet, such as that of a newborn called after the
 *     mother, of a temporary or of an unidentified patient; such a name is no evidence
 * @param multipleBirth whether the source says that the person is one of twins or more
 * @param birthOrder among them, from 1; 0 where not said
 * @param bloodGroup ABO group, {@code A}, {@code B}, {@code AB} or {@code O}; null where not said
 */
public record Demographics(
        List<PersonName> names,
        @Nullable LocalDate birthDate,
        Sex sex,
        Set<String> phones,
        List<PostalAddress> addresses,
        List<PersonName> guardians,
        List<PersonCode> codes,
        boolean placeholder,
        boolean multipleBirth,
        int birthOrder,
        @Nullable String bloodGroup) {
    public Demographics {
        names = List.copyOf(names);
        phones = Set.copyOf(phones);
        addresses = List.copyOf(addresses);
        guardians = List.copyOf(guardians);
        codes = List.copyOf(codes);
    }
}
