package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.gclient.TokenClientParam;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import java.util.HashSet;
import java.util.Set;
import org.countyhub.fhir.TestHub;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The main story as HAPI's client tells it, in JSON and in XML. */
class HapiClientTest {
    private static final String CARD = "urn:oid:2.16.156.10011.1.19";
    private static final int RESULTS = 12;

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static IGenericClient client() {
        FhirContext context = FhirContext.forR4();
        context.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.ONCE);
        return context.newRestfulGenericClient(hub.base());
    }

    private static Bundle report(String card) {
        Patient patient = new Patient();
        patient.addIdentifier().setSystem(CARD).setValue(card);
        patient.addName().setFamily("王").addGiven("小明");
        DiagnosticReport report = new DiagnosticReport();
        report.setStatus(DiagnosticReportStatus.FINAL);
        report.getCode().setText("Blood count");
        report.setSubject(new Reference("urn:uuid:00000000-0000-4000-8000-000000000000"));
        report.setEffective(new DateTimeType("2026-02-03T08:00:00+08:00"));
        Bundle bundle = new Bundle();
        bundle.setType(BundleType.TRANSACTION);
        entry(bundle, 0, patient).getRequest().setIfNoneExist("identifier=" + CARD + "|" + card);
        for (int i = 1; i <= RESULTS; i++) {
            Observation result = new Observation();
            result.setStatus(ObservationStatus.FINAL);
            result.getCode().setText("Analyte " + i);
            result.setSubject(report.getSubject());
            entry(bundle, i, result);
            report.addResult(new Reference("urn:uuid:00000000-0000-4000-8000-0000000000%02d".formatted(i)));
        }
        entry(bundle, RESULTS + 1, report);
        return bundle;
    }

    private static Bundle.BundleEntryComponent entry(Bundle bundle, int number, Resource resource) {
        Bundle.BundleEntryComponent entry = bundle.addEntry();
        entry.setFullUrl("urn:uuid:00000000-0000-4000-8000-0000000000%02d".formatted(number));
        entry.setResource(resource);
        entry.getRequest().setMethod(HTTPVerb.POST).setUrl(resource.fhirType());
        return entry;
    }

    private static Bundle reports(IGenericClient client, String card) {
        return client.search()
                .forResource(DiagnosticReport.class)
                .where(new TokenClientParam("patient.identifier").exactly().systemAndCode(CARD, card))
                .include(DiagnosticReport.INCLUDE_RESULT)
                .sort()
                .descending(DiagnosticReport.DATE)
                .returnBundle(Bundle.class)
                .execute();
    }

    @Test
    void aHospitalPutsAReportInAndAnotherFindsItByTheCard() {
        IGenericClient hospital = client();
        Bundle answer = hospital.transaction().withBundle(report("card-1")).execute();
        assertThat(answer.getEntry())
                .hasSize(RESULTS + 2)
                .allSatisfy(entry -> assertThat(entry.getResponse().getStatus()).startsWith("201"));

        Bundle found = reports(client(), "card-1");

        assertThat(found.getTotal()).isEqualTo(1);
        assertThat(found.getEntry()).hasSize(RESULTS + 1);
    }

    @Test
    void theSameInXml() {
        IGenericClient client = client();
        client.setEncoding(ca.uhn.fhir.rest.api.EncodingEnum.XML);
        client.transaction().withBundle(report("card-xml")).execute();

        assertThat(reports(client, "card-xml").getEntry()).hasSize(RESULTS + 1);
    }

    @Test
    void pagesAreFollowedToTheirEnd() {
        IGenericClient client = client();
        client.transaction().withBundle(report("card-2")).execute();
        Set<String> ids = new HashSet<>();
        Bundle page = client.search()
                .forResource(Observation.class)
                .where(new TokenClientParam("patient.identifier").exactly().systemAndCode(CARD, "card-2"))
                .count(5)
                .returnBundle(Bundle.class)
                .execute();
        int pages = 1;
        page.getEntry().forEach(entry -> ids.add(entry.getResource().getId()));
        while (page.getLink(Bundle.LINK_NEXT) != null) {
            page = client.loadPage().next(page).execute();
            page.getEntry().forEach(entry -> ids.add(entry.getResource().getId()));
            pages++;
        }

        assertThat(ids).hasSize(RESULTS);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void aPatientLivesAndGoes() {
        IGenericClient client = client();
        Patient patient = new Patient();
        patient.addIdentifier().setSystem(CARD).setValue("card-3");
        MethodOutcome created = client.create()
                .resource(patient)
                .conditional()
                .where(Patient.IDENTIFIER.exactly().systemAndIdentifier(CARD, "card-3"))
                .execute();
        MethodOutcome again = client.create()
                .resource(patient)
                .conditional()
                .where(Patient.IDENTIFIER.exactly().systemAndIdentifier(CARD, "card-3"))
                .execute();
        assertThat(created.getCreated()).isTrue();
        assertThat(again.getId().getIdPart()).isEqualTo(created.getId().getIdPart());

        Parameters patch = new Parameters();
        Parameters.ParametersParameterComponent operation = patch.addParameter().setName("operation");
        operation.addPart().setName("type").setValue(new CodeType("add"));
        operation.addPart().setName("path").setValue(new StringType("Patient"));
        operation.addPart().setName("name").setValue(new StringType("birthDate"));
        operation.addPart().setName("value").setValue(new org.hl7.fhir.r4.model.DateType("1980-01-01"));
        client.patch()
                .withFhirPatch(patch)
                .withId(created.getId().toUnqualifiedVersionless())
                .execute();

        Patient read = client.read()
                .resource(Patient.class)
                .withId(created.getId().getIdPart())
                .execute();
        assertThat(read.getBirthDateElement().getValueAsString()).isEqualTo("1980-01-01");
        assertThat(read.getIdElement().getVersionIdPart()).isEqualTo("2");
        Bundle history = client.history()
                .onInstance(created.getId().toUnqualifiedVersionless())
                .returnBundle(Bundle.class)
                .since(new InstantType("1970-01-01T00:00:00Z"))
                .execute();
        assertThat(history.getEntry()).hasSize(2);

        read.setActive(true);
        read.setId(created.getId().toUnqualifiedVersionless());
        assertThatThrownBy(() -> client.update()
                        .resource(read)
                        .withAdditionalHeader("If-Match", "W/\"1\"")
                        .execute())
                .isInstanceOf(PreconditionFailedException.class);

        client.delete().resourceById(created.getId().toUnqualifiedVersionless()).execute();
        assertThatThrownBy(() -> client.read()
                        .resource(Patient.class)
                        .withId(created.getId().getIdPart())
                        .execute())
                .isInstanceOf(ResourceGoneException.class);
    }

    @Test
    void summariesAndElementsAreUnderstood() {
        IGenericClient client = client();
        client.transaction().withBundle(report("card-4")).execute();

        Bundle counted = client.search()
                .forResource(Observation.class)
                .where(new TokenClientParam("patient.identifier").exactly().systemAndCode(CARD, "card-4"))
                .summaryMode(SummaryEnum.COUNT)
                .returnBundle(Bundle.class)
                .execute();

        assertThat(counted.getTotal()).isEqualTo(RESULTS);
        assertThat(counted.getEntry()).isEmpty();
    }
}
