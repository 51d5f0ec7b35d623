package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The Patient a hospital's system sends: its own record of a person, with the cards it has seen. */
final class Patients {
    private static final String POSTAL_CODE = "362300";

    private Patients() {}

    static ObjectNode patient(Person person, Registration registration) {
        Hospital hospital = registration.hospital();
        ObjectNode patient = Elements.resource("Patient");
        patient.set("identifier", identifiers(registration));
        patient.put("active", true);
        patient.set("name", Elements.list(name(person.name())));
        patient.set(
                "telecom",
                Elements.list(Elements.object()
                        .put("system", "phone")
                        .put("value", person.phone())
                        .put("use", "mobile")));
        patient.put("gender", person.sex().code());
        patient.put("birthDate", person.birthDate().toString());
        patient.set("address", Elements.list(address(person.address())));
        if (person.birthOrder() > 0) {
            patient.put("multipleBirthInteger", person.birthOrder());
        }
        Person mother = person.mother();
        if (mother != null) {
            ObjectNode contact = Elements.object();
            contact.set(
                    "relationship",
                    Elements.list(Elements.concept("母亲", Elements.coding(Systems.ROLE, "MTH", "mother"))));
            contact.set("name", name(mother.name()));
            patient.set("contact", Elements.list(contact));
        }
        patient.set("managingOrganization", Elements.reference("Organization/" + hospital.id(), hospital.name()));
        return patient;
    }

    static ObjectNode name(PersonName name) {
        ObjectNode node = Elements.object().put("use", "official").put("text", name.text());
        if (!name.family().isEmpty()) {
            node.put("family", name.family());
            node.set("given", Elements.texts(name.given()));
        }
        return node;
    }

    private static ArrayNode identifiers(Registration registration) {
        Hospital hospital = registration.hospital();
        ObjectNode key = Elements.identifier(Systems.ownedBy(hospital, "patient"), registration.patientKey());
        key.set("type", Elements.concept("患者主键", Elements.coding(Systems.IDENTIFIER_TYPE, "PI", null)));
        key.set("assigner", assigner(hospital));
        ArrayNode identifiers = Elements.list(key);
        for (Card card : registration.cards()) {
            identifiers.add(identifier(card, hospital));
        }
        return identifiers;
    }

    private static ObjectNode identifier(Card card, Hospital hospital) {
        CardType type = card.type();
        ObjectNode identifier = Elements.identifier(systemAt(hospital, type), card.value());
        ObjectNode own = Elements.coding(Systems.CARD_TYPE, type.code(), type.display());
        @Nullable String hl7 = type.hl7Code();
        identifier.set(
                "type",
                hl7 == null
                        ? Elements.concept(type.display(), own)
                        : Elements.concept(type.display(), Elements.coding(Systems.IDENTIFIER_TYPE, hl7, null), own));
        if (type.perHospital()) {
            identifier.set("assigner", assigner(hospital));
        }
        return identifier;
    }

    private static String systemAt(Hospital hospital, CardType type) {
        @Nullable String alias = type.aliasOid();
        return alias != null && hospital.namesOidAlias() ? Systems.OID + alias : type.system();
    }

    private static ObjectNode assigner(Hospital hospital) {
        return Elements.reference("Organization/" + hospital.id(), hospital.name());
    }

    private static ObjectNode address(Address address) {
        ObjectNode node = Elements.object().put("use", "home").put("text", address.text());
        node.set("line", Elements.texts(address.town() + address.line()));
        return node.put("city", "泉州市")
                .put("district", "南安市")
                .put("state", "福建省")
                .put("postalCode", POSTAL_CODE)
                .put("country", "CN");
    }
}
