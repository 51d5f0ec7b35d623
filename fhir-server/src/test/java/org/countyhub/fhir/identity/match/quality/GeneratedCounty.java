package org.countyhub.fhir.identity.match.quality;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.PersonCode;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.countyhub.fhir.identity.PersonName;
import org.countyhub.fhir.identity.PostalAddress;
import org.countyhub.fhir.identity.match.Comparison;
import org.countyhub.fhir.identity.match.Field;
import org.countyhub.fhir.identity.match.Level;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.Traits;

/** A county of labelled records as Patient resources, with what is true of it. */
public final class GeneratedCounty {
    private final List<Labelled> records;
    private final List<Traits> traits;

    private GeneratedCounty(List<Labelled> records) {
        this.records = records;
        this.traits = records.stream().map(Labelled::record).map(Traits::of).toList();
    }

    public static GeneratedCounty of(int persons, long seed) {
        return new GeneratedCounty(new CountyPersons(seed).records(persons));
    }

    /** One record of each person. */
    public GeneratedCounty withoutSeconds() {
        Set<Integer> seen = new HashSet<>();
        return new GeneratedCounty(
                records.stream().filter(record -> seen.add(record.person())).toList());
    }

    /** The records as Patients in JSON. */
    public List<ObjectNode> patients() {
        return records.stream()
                .map(Labelled::record)
                .map(GeneratedCounty::patient)
                .toList();
    }

    /** The share of true pairs at a level, of those where both say something; pairs that a shared resident ID implies left out. */
    public double share(Field field, Level level) {
        long at = 0;
        long all = 0;
        for (int i = 0; i < records.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (records.get(i).person() == records.get(j).person()) {
                    Level found = Comparison.of(traits.get(i), traits.get(j)).level(field);
                    at += found == level ? 1 : 0;
                    all += found.isEvidence() ? 1 : 0;
                }
            }
        }
        return at / (double) all;
    }

    /** The probability that two records drawn at random are of one person. */
    public double prior() {
        long pairs = 0;
        for (int i = 0; i < records.size(); i++) {
            for (int j = 0; j < i; j++) {
                pairs += records.get(i).person() == records.get(j).person() ? 1 : 0;
            }
        }
        return pairs / (records.size() * (records.size() - 1.0) / 2);
    }

    /** How well a model links the records, taken in one after another. */
    public double f1(MatchModel model) {
        return Registry.run(records, traits, model, 0).f1();
    }

    static ObjectNode patient(Demographics record) {
        ObjectNode patient = JsonNodeFactory.instance.objectNode();
        patient.put("resourceType", "Patient");
        ArrayNode identifiers = patient.putArray("identifier");
        record.codes().forEach(code -> identifier(identifiers.addObject(), code));
        ArrayNode names = patient.putArray("name");
        record.names().forEach(name -> name(names.addObject(), name));
        record.phones().forEach(phone -> patient.withArray("telecom")
                .addObject()
                .put("system", "phone")
                .put("value", phone));
        patient.put("gender", record.sex().name().toLowerCase(Locale.ROOT));
        if (record.birthDate() != null) {
            patient.put("birthDate", record.birthDate().toString());
        }
        record.addresses()
                .forEach(address -> address(patient.withArray("address").addObject(), address));
        record.guardians().forEach(guardian -> {
            ObjectNode contact = patient.withArray("contact").addObject();
            contact.putArray("relationship")
                    .addObject()
                    .putArray("coding")
                    .addObject()
                    .put("system", "http://terminology.hl7.org/CodeSystem/v3-RoleCode")
                    .put("code", "MTH");
            name(contact.putObject("name"), guardian);
        });
        return patient;
    }

    private static void identifier(ObjectNode identifier, PersonCode code) {
        identifier.put("system", code.system());
        identifier.put("value", code.value());
        if (code.standing() == Standing.LOCAL) {
            identifier
                    .putObject("type")
                    .putArray("coding")
                    .addObject()
                    .put("system", "http://terminology.hl7.org/CodeSystem/v2-0203")
                    .put("code", "MR");
            identifier.putObject("assigner").put("display", code.system());
        }
    }

    private static void name(ObjectNode name, PersonName said) {
        if (said.family().isEmpty()) {
            name.put("text", said.given());
        } else {
            name.put("family", said.family()).putArray("given").add(said.given());
        }
    }

    private static void address(ObjectNode address, PostalAddress said) {
        address.putArray("line").add(said.text());
        put(address, "city", said.city());
        put(address, "district", said.district());
        put(address, "state", said.state());
        put(address, "postalCode", said.postalCode());
    }

    private static void put(ObjectNode address, String element, String text) {
        if (!text.isEmpty()) {
            address.put(element, text);
        }
    }
}
