package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hub must know before the first report: the hospitals and departments, the doctors, and the systems of their numbers
 * with aliases. One transaction of updates to fixed ids, so that it may be sent any number of times.
 */
public final class Directory {
    private static final LocalDate DEFINED_ON = LocalDate.of(2025, 1, 1);

    /** Systems beside those of {@link CardType}: id, what it numbers, OID under the national root or null for an own URI. */
    private record NumberSystem(
            String id, String title, @Nullable String oid) {}

    private static final List<NumberSystem> OTHER_SYSTEMS = List.of(
            new NumberSystem("passport", "护照", null),
            new NumberSystem("hong-kong-macao-permit", "港澳居民来往内地通行证", null),
            new NumberSystem("taiwan-permit", "台湾居民来往大陆通行证", null),
            new NumberSystem("household-register", "居民户口簿", null),
            new NumberSystem("officer-card", "军官证", null),
            new NumberSystem("birth-certificate", "出生医学证明", null),
            new NumberSystem("specimen-number", "标本编号", "2.16.156.10011.1.14"),
            new NumberSystem("request-number", "电子申请单编号", "2.16.156.10011.1.24"),
            new NumberSystem("examination-report-number", "检查报告单编号", "2.16.156.10011.1.32"),
            new NumberSystem("laboratory-report-number", "检验报告单编号", "2.16.156.10011.1.33"),
            new NumberSystem("organization-number", "医疗机构统一社会信用代码", "2.16.156.10011.1.5"),
            new NumberSystem("practitioner-number", "医务人员编码", "2.16.156.10011.1.4"));

    private Directory() {}

    public static ObjectNode bundle(County county) {
        Transaction transaction = new Transaction();
        for (CardType type : CardType.values()) {
            @Nullable String alias = type.aliasOid();
            transaction.put(
                    alias == null
                            ? namingSystem(type.code(), type.display(), type.oid())
                            : namingSystem(type.code(), type.display(), type.oid(), alias));
        }
        for (NumberSystem system : OTHER_SYSTEMS) {
            @Nullable String oid = system.oid;
            transaction.put(
                    oid == null ? namingSystem(system.id, system.title) : namingSystem(system.id, system.title, oid));
        }
        for (Hospital hospital : county.hospitals()) {
            transaction.put(organization(hospital));
            hospital.departments().forEach(department -> transaction.put(organization(hospital, department)));
            for (Doctor doctor : hospital.doctors()) {
                transaction.put(practitioner(doctor));
                transaction.put(role(hospital, doctor));
            }
        }
        return transaction.bundle();
    }

    /** The first of the OIDs is canonical, as a URI; the others are aliases. Without any the canonical is an own URI. */
    private static ObjectNode namingSystem(String id, String title, String... oids) {
        ObjectNode system = Elements.resource("NamingSystem")
                .put("id", id)
                .put("name", title)
                .put("status", "active")
                .put("kind", "identifier")
                .put("date", DEFINED_ON.toString());
        ArrayNode ids = system.putArray("uniqueId");
        String canonical = oids.length == 0 ? Systems.OWN + "sid/" + id : Systems.OID + oids[0];
        ids.addObject().put("type", "uri").put("value", canonical).put("preferred", true);
        for (int i = 0; i < oids.length; i++) {
            ids.addObject().put("type", "oid").put("value", oids[i]).put("preferred", i == 0);
        }
        for (int i = 1; i < oids.length; i++) {
            ids.addObject()
                    .put("type", "uri")
                    .put("value", Systems.OID + oids[i])
                    .put("preferred", false);
        }
        return system;
    }

    private static ObjectNode organization(Hospital hospital) {
        ObjectNode organization = Elements.resource("Organization").put("id", hospital.id());
        organization.set("identifier", Elements.list(Elements.identifier(Systems.ORGANISATION, hospital.uscc())));
        organization.put("active", true);
        String level = "level-" + hospital.level();
        organization.set(
                "type",
                Elements.list(Elements.concept(
                        hospital.kind(), Elements.coding(Systems.ORGANISATION_KIND, level, hospital.kind()))));
        organization.put("name", hospital.name());
        organization.set("alias", Elements.texts(hospital.prefix()));
        return organization;
    }

    private static ObjectNode organization(Hospital hospital, Department department) {
        ObjectNode organization =
                Elements.resource("Organization").put("id", department.id()).put("active", true);
        organization.set(
                "type",
                Elements.list(Elements.concept("科室", Elements.coding(Systems.ORGANISATION_KIND, "department", "科室"))));
        organization.put("name", department.name());
        organization.set("partOf", Elements.reference("Organization/" + hospital.id(), hospital.name()));
        return organization;
    }

    private static ObjectNode practitioner(Doctor doctor) {
        ObjectNode practitioner = Elements.resource("Practitioner").put("id", doctor.id());
        practitioner.set("identifier", Elements.list(Elements.identifier(Systems.PRACTITIONER, doctor.licence())));
        practitioner.put("active", true);
        practitioner.set("name", Elements.list(Patients.name(doctor.name())));
        practitioner.put("gender", doctor.sex().code());
        return practitioner;
    }

    private static ObjectNode role(Hospital hospital, Doctor doctor) {
        ObjectNode role =
                Elements.resource("PractitionerRole").put("id", doctor.id()).put("active", true);
        role.set(
                "practitioner",
                Elements.reference("Practitioner/" + doctor.id(), doctor.name().text()));
        role.set(
                "organization",
                Elements.reference(
                        "Organization/" + doctor.department().id(),
                        hospital.name() + doctor.department().name()));
        role.set(
                "code",
                Elements.list(Elements.concept(doctor.title(), Elements.coding(Systems.TITLE, doctor.title(), null))));
        return role;
    }
}
