package org.countyhub.fhir.identity.match;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.PersonCode;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.countyhub.fhir.identity.PersonName;
import org.countyhub.fhir.identity.PostalAddress;
import org.countyhub.fhir.identity.Sex;
import org.jspecify.annotations.Nullable;

/** A record of somebody, said field by field. */
final class SomePerson {
    static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";
    static final String CARD = "https://example.org/sid/card";
    static final String HOSPITAL_NUMBER = "https://example.org/sid/hospital-1";

    private final List<PersonName> names = new ArrayList<>();
    private final List<PersonCode> codes = new ArrayList<>();
    private final List<PersonName> guardians = new ArrayList<>();
    private final List<PostalAddress> addresses = new ArrayList<>();
    private @Nullable LocalDate birthDate;
    private Sex sex = Sex.UNKNOWN;
    private Set<String> phones = Set.of();
    private boolean placeholder;
    private int birthOrder;
    private @Nullable String bloodGroup;

    static SomePerson named(String family, String given) {
        SomePerson person = new SomePerson();
        person.names.add(new PersonName(family, given));
        return person;
    }

    /** Called after the mother. */
    static SomePerson newborn(String name) {
        SomePerson person = named("", name);
        person.placeholder = true;
        return person;
    }

    SomePerson born(String date) {
        birthDate = LocalDate.parse(date);
        return this;
    }

    SomePerson male() {
        sex = Sex.MALE;
        return this;
    }

    SomePerson female() {
        sex = Sex.FEMALE;
        return this;
    }

    SomePerson phone(String... digits) {
        phones = Set.of(digits);
        return this;
    }

    SomePerson living(String line, String district) {
        addresses.add(new PostalAddress(line, "南安市", district, "福建省", ""));
        return this;
    }

    SomePerson childOf(String family, String given) {
        guardians.add(new PersonName(family, given));
        return this;
    }

    SomePerson id(String value) {
        return code(RESIDENT_ID, value, Standing.VERIFIED);
    }

    SomePerson card(String value) {
        return code(CARD, value, Standing.UNCHECKED);
    }

    SomePerson code(String system, String value, Standing standing) {
        codes.add(new PersonCode(system, value, standing));
        return this;
    }

    SomePerson twin(int order) {
        birthOrder = order;
        return this;
    }

    SomePerson blood(String group) {
        bloodGroup = group;
        return this;
    }

    Demographics record() {
        return new Demographics(
                names,
                birthDate,
                sex,
                phones,
                addresses,
                guardians,
                codes,
                placeholder,
                birthOrder > 0,
                birthOrder,
                bloodGroup);
    }

    Traits traits() {
        return Traits.of(record());
    }
}
