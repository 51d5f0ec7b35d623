package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What the bundles of all four kinds share: the patient, the request, and how observations and the report hang together. */
final class OrderBundle {
    private final Order order;
    private final Transaction transaction = new Transaction();
    private final ArrayNode results = Elements.list();
    private final String patient;
    private final String performedAt;
    private final String issuedAt;

    OrderBundle(Order order) {
        this.order = order;
        this.performedAt = instant(order.performedAt());
        this.issuedAt = instant(order.issuedAt());
        this.patient = transaction.create(Patients.patient(order.person(), order.registration()));
    }

    ObjectNode bundle() {
        return transaction.bundle();
    }

    /** A date and time to the second with the offset of China. */
    static String instant(OffsetDateTime time) {
        return time.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    /** A code by LOINC, when there is one, and by the hospital's own table. */
    ObjectNode code(@Nullable String loinc, String table, String code, String name) {
        Hospital hospital = order.hospital();
        ObjectNode local = Elements.coding(Systems.localCodes(hospital, table), hospital.prefix() + "-" + code, name);
        return loinc == null
                ? Elements.concept(name, local)
                : Elements.concept(name, Elements.coding(Systems.LOINC, loinc, null), local);
    }

    /** Adds the ServiceRequest of {@code code} and returns its reference. */
    String request(ObjectNode code) {
        ObjectNode request = Elements.resource("ServiceRequest");
        request.set("identifier", requestIdentifiers());
        request.put("status", "completed").put("intent", "order");
        request.set("code", code.deepCopy());
        request.set("subject", Elements.reference(patient));
        request.put("authoredOn", instant(order.orderedAt()));
        request.set("requester", practitioner(order.requester()));
        request.set("performer", Elements.list(hospital()));
        return transaction.create(request);
    }

    /** What is done by a device has an accession number too, by which images are found to belong to it. */
    private ArrayNode requestIdentifiers() {
        ArrayNode identifiers = Elements.list(Elements.identifier(Systems.REQUEST, "SQ" + order.number()));
        if (order.kind() == ReportKind.IMAGING || order.kind() == ReportKind.ELECTROCARDIOGRAM) {
            ObjectNode accession = Elements.object();
            accession.putObject("type").putArray("coding").add(Elements.coding(Systems.IDENTIFIER_TYPE, "ACSN", null));
            accession.setAll(Elements.identifier(Systems.ownedBy(order.hospital(), "accession"), order.accession()));
            identifiers.add(accession);
        }
        return identifiers;
    }

    /** Adds the Specimen and returns its reference; {@code typeCode} is of HL7 table 0487. */
    String specimen(String typeCode, String typeName, String request) {
        ObjectNode specimen = Elements.resource("Specimen");
        specimen.set("identifier", Elements.list(Elements.identifier(Systems.SPECIMEN, "BB" + order.number())));
        specimen.put("status", "available");
        specimen.set("type", Elements.concept(typeName, Elements.coding(Systems.SPECIMEN_TYPE, typeCode, null)));
        specimen.set("subject", Elements.reference(patient));
        specimen.put("receivedTime", instant(order.performedAt().plusMinutes(15)));
        specimen.set("request", Elements.list(Elements.reference(request)));
        specimen.putObject("collection").put("collectedDateTime", performedAt);
        return transaction.create(specimen);
    }

    /** A started Observation without its value; {@link #add} puts it into the bundle and the report. */
    ObjectNode observation(String item, ObjectNode code, String category, String request) {
        ObjectNode observation = Elements.resource("Observation");
        observation.set("meta", Recognition.meta(order.hospital(), item));
        observation.set(
                "identifier",
                Elements.list(Elements.identifier(
                        Systems.ownedBy(order.hospital(), "result"), order.number() + "-" + numberSuffix(item))));
        observation.set("basedOn", Elements.list(Elements.reference(request)));
        observation.put("status", order.status());
        observation.set(
                "category",
                Elements.list(
                        Elements.concept(category, Elements.coding(Systems.OBSERVATION_CATEGORY, category, null))));
        observation.set("code", code);
        observation.set("subject", Elements.reference(patient));
        observation.put("effectiveDateTime", performedAt);
        observation.put("issued", issuedAt);
        observation.set("performer", Elements.list(hospital()));
        return observation;
    }

    void add(ObjectNode observation) {
        results.add(Elements.reference(transaction.create(observation)));
    }

    /** Adds a resource of its own kind, such as ImagingStudy. */
    String add(ObjectNode resource, String subjectField) {
        resource.set(subjectField, Elements.reference(patient));
        return transaction.create(resource);
    }

    /** A started DiagnosticReport with every observation added so far; {@code category} is of HL7 table 0074. */
    ObjectNode report(String numberSystem, String category, String item, ObjectNode code, String request) {
        ObjectNode report = Elements.resource("DiagnosticReport");
        report.set("meta", Recognition.meta(order.hospital(), item));
        report.set("identifier", Elements.list(Elements.identifier(numberSystem, order.number())));
        report.set("basedOn", Elements.list(Elements.reference(request)));
        report.put("status", order.status());
        report.set(
                "category",
                Elements.list(Elements.concept(category, Elements.coding(Systems.DIAGNOSTIC_SERVICE, category, null))));
        report.set("code", code);
        report.set("subject", Elements.reference(patient));
        report.put("effectiveDateTime", performedAt);
        report.put("issued", issuedAt);
        report.set("performer", Elements.list(hospital()));
        report.set("resultsInterpreter", Elements.list(practitioner(order.author())));
        if (!results.isEmpty()) {
            report.set("result", results);
        }
        return report;
    }

    void addReport(ObjectNode report) {
        transaction.create(report);
    }

    private ObjectNode hospital() {
        return Elements.reference(
                "Organization/" + order.hospital().id(), order.hospital().name());
    }

    private static ObjectNode practitioner(Doctor doctor) {
        return Elements.reference("Practitioner/" + doctor.id(), doctor.name().text());
    }

    // A percent or number sign in ifNoneExist would be read as part of the URL.
    private static String numberSuffix(String item) {
        return item.replace("%", "P").replace("#", "N");
    }
}
