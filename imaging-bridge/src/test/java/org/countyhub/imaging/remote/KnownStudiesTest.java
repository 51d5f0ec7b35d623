package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Studies of which a radiology information system has told the FHIR server before their images are here. */
@ExtendWith(FhirServer.Running.class)
@Timeout(120)
class KnownStudiesTest {
    private final FhirServer server;
    private final Publishing hub;

    KnownStudiesTest(FhirServer server) {
        this.server = server;
        this.hub = new Publishing(server);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    /** An ImagingStudy with what the index knows nothing of, beside what it knows better. */
    private String tell(SomeStudy study, String patient, String rest) {
        return Publishing.reference(server.create("{'resourceType':'ImagingStudy','status':'registered',"
                + "'meta':{'tag':[{'system':'urn:ris','code':'from-ris'}]},"
                + "'identifier':[{'use':'official','system':'urn:dicom:uid','value':'urn:oid:" + study.uid + "'},"
                + "{'system':'urn:ris:examination','value':'E-1'},{'system':'" + study.source.accessionSystem()
                + "','value':'" + study.accession + "'}],'subject':{'reference':'" + patient + "','display':'张三'}"
                + (rest.isEmpty() ? "" : "," + rest) + "}"));
    }

    private static List<String> texts(JsonNode array, String pointer) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(entry -> entry.at(pointer).asText())
                .toList();
    }

    @Test
    void whatOnlyTheRadiologySystemKnowsIsKept() {
        String patient = hub.register(Hospitals.EAST, "MERGED", Hospitals.residentId(40));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "MERGED");
        String order = hub.order(patient, Hospitals.EAST, study.accession);
        String plan = Publishing.reference(server.create("{'resourceType':'ServiceRequest','status':'active',"
                + "'intent':'plan','subject':{'reference':'" + patient + "'}}"));
        String practitioner = Publishing.reference(server.create("{'resourceType':'Practitioner'}"));
        String encounter = Publishing.reference(server.create("{'resourceType':'Encounter','status':'finished',"
                + "'class':{'code':'AMB'},'subject':{'reference':'" + patient + "'}}"));
        String location = Publishing.reference(server.create("{'resourceType':'Location','name':'CT 2'}"));
        String condition = Publishing.reference(server.create(
                "{'resourceType':'Condition','code':{'text':'咳嗽'}," + "'subject':{'reference':'" + patient + "'}}"));
        String kept = "'extension':[{'url':'urn:ris:dose','valueDecimal':1.50}],"
                + "'encounter':{'reference':'" + encounter + "'},"
                + "'referrer':{'reference':'" + practitioner + "'},"
                + "'interpreter':[{'reference':'" + practitioner + "'}],"
                + "'procedureCode':[{'text':'胸部CT增强'}],"
                + "'location':{'reference':'" + location + "'},"
                + "'reasonCode':[{'text':'咳嗽'}],"
                + "'reasonReference':[{'reference':'" + condition + "'}],"
                + "'note':[{'text':'请加急'}],"
                + "'description':'增强扫描'";
        String there = tell(
                study,
                patient,
                kept + ",'basedOn':[{'reference':'" + plan + "'}],'modality':[{'code':'DX'}],"
                        + "'numberOfInstances':0,'series':[{'uid':'" + study.uid
                        + ".1','modality':{'code':'DX'},'performer':[{'actor':{'reference':'" + practitioner
                        + "'}}],'instance':[{'uid':'1.2.3','sopClass':{'code':'urn:oid:1.2'}}]},"
                        + "{'uid':'1.2.999','modality':{'code':'DX'}}]");

        hub.publish(study);

        JsonNode resource = hub.imagingStudy(study);
        assertThat(hub.isPublished(study)).isTrue();
        assertThat(Publishing.reference(resource)).isEqualTo(there);
        JsonNode expected = FhirServer.parse("{" + kept + "}");
        expected.fieldNames()
                .forEachRemaining(
                        name -> assertThat(resource.path(name)).as(name).isEqualTo(expected.path(name)));
        assertThat(resource.at("/meta/tag/0/code").asText()).isEqualTo("from-ris");
        assertThat(texts(resource.path("identifier"), "/value"))
                .containsExactly("urn:oid:" + study.uid, "E-1", study.accession);
        assertThat(resource.at("/identifier/0/use").asText()).isEqualTo("official");
        assertThat(resource.at("/identifier/2/type/coding/0/code").asText()).isEqualTo("ACSN");
        assertThat(texts(resource.path("basedOn"), "/reference")).containsExactly(plan, order);
        assertThat(resource.path("subject").toString())
                .isEqualTo("{\"reference\":\"" + patient + "\",\"display\":\"张三\"}");
        // What the images are is the index's to say.
        assertThat(resource.path("status").asText()).isEqualTo("available");
        assertThat(texts(resource.path("modality"), "/code")).containsExactly("CT");
        assertThat(resource.path("numberOfInstances").asInt()).isEqualTo(2);
        assertThat(texts(resource.path("series"), "/uid")).containsExactly(study.uid + ".1");
        assertThat(resource.at("/series/0/modality/code").asText()).isEqualTo("CT");
        assertThat(texts(resource.at("/series/0/instance"), "/uid"))
                .containsExactly(study.sopInstance(1, 1), study.sopInstance(1, 2));
        assertThat(resource.at("/series/0/performer/0/actor/reference").asText())
                .isEqualTo(practitioner);
        assertThat(server.read(resource.at("/endpoint/0/reference").asText())
                        .path("address")
                        .asText())
                .isEqualTo(Publishing.AS.dicomweb());
    }

    @Test
    void publishedAgainItIsUnchanged() {
        String patient = hub.register(Hospitals.EAST, "AGAIN", Hospitals.residentId(41));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "AGAIN").addDocument(SomeStudy.PDF, "DOC", "{}");
        tell(study, patient, "'extension':[{'url':'urn:ris:dose','valueDecimal':1.50}],'note':[{'text':'请加急'}]");
        hub.publish(study);
        hub.index.forgetPublished();

        hub.publish(study);

        assertThat(hub.isPublished(study)).isTrue();
        assertThat(Publishing.version(hub.imagingStudy(study))).isEqualTo("2");
    }

    @Test
    void anOrderThatIsNamedByItsNumberGetsItsReference() {
        String patient = hub.register(Hospitals.EAST, "BY-NUMBER", Hospitals.residentId(42));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "BY-NUMBER");
        String order = hub.order(patient, Hospitals.EAST, study.accession);
        tell(
                study,
                patient,
                "'basedOn':[{'identifier':{'system':'" + Hospitals.EAST.accessionSystem() + "','value':'"
                        + study.accession + "'}}]");

        hub.publish(study);

        JsonNode basedOn = hub.imagingStudy(study).path("basedOn");
        assertThat(texts(basedOn, "/reference")).containsExactly(order);
        assertThat(texts(basedOn, "/identifier/value")).containsExactly(study.accession);
    }

    @Test
    void anotherPatientOfTheSamePersonStaysItsSubject() {
        hub.register(Hospitals.EAST, "SAME-E", Hospitals.residentId(43));
        String elsewhere = hub.register(Hospitals.WEST, "SAME-W", Hospitals.residentId(43));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "SAME-E");
        tell(study, elsewhere, "");

        hub.publish(study);

        assertThat(hub.isPublished(study)).isTrue();
        assertThat(hub.imagingStudy(study).at("/subject/reference").asText()).isEqualTo(elsewhere);
    }

    @Test
    void aStudyOfAnotherPersonIsLeftAndTriedAgain() {
        String other = hub.register(Hospitals.EAST, "SOMEBODY", Hospitals.residentId(44));
        hub.register(Hospitals.EAST, "ELSE", Hospitals.residentId(45));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "ELSE");
        String there = tell(study, other, "'note':[{'text':'请加急'}]");

        hub.publish(study);

        assertThat(hub.isPublished(study)).isFalse();
        JsonNode left = server.read(there);
        assertThat(Publishing.version(left)).isEqualTo("1");
        // Its own system corrects whose it is.
        ObjectNode corrected = left.deepCopy();
        corrected.putObject("subject").put("reference", hub.register(Hospitals.WEST, "W45", Hospitals.residentId(45)));
        server.put(corrected);
        try (Publishing later = new Publishing(server)) {
            later.publish(study);
            assertThat(later.isPublished(study)).isTrue();
        }
    }

    @Test
    void twoOfOneStudyAreBothLeft() {
        String patient = hub.register(Hospitals.EAST, "DOUBLE", Hospitals.residentId(46));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "DOUBLE");
        String one = tell(study, patient, "");
        String other = tell(study, patient, "");

        hub.publish(study);

        assertThat(hub.isPublished(study)).isFalse();
        assertThat(Publishing.version(server.read(one))).isEqualTo("1");
        assertThat(Publishing.version(server.read(other))).isEqualTo("1");
    }

    @Test
    void whatIsWrittenBetweenLookAndWriteIsNotLost() {
        String patient = hub.register(Hospitals.EAST, "OVERTAKEN", Hospitals.residentId(47));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "OVERTAKEN");
        String there = tell(study, patient, "");
        List<String> once = new ArrayList<>(List.of("请加急"));
        try (Interposed between = new Interposed(server.base(), () -> {
                    if (!once.isEmpty()) {
                        ObjectNode changed = server.read(there).deepCopy();
                        changed.putArray("note").addObject().put("text", once.removeFirst());
                        server.put(changed);
                    }
                });
                Publishing late = new Publishing(server, between.base())) {
            late.publish(study);
            assertThat(late.isPublished(study)).isTrue();
        }
        JsonNode resource = hub.imagingStudy(study);
        assertThat(resource.at("/note/0/text").asText()).isEqualTo("请加急");
        assertThat(resource.path("status").asText()).isEqualTo("available");
    }

    @Test
    void whatIsCreatedBetweenLookAndWriteIsNotLost() {
        String patient = hub.register(Hospitals.EAST, "CREATED", Hospitals.residentId(48));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "CREATED");
        List<String> once = new ArrayList<>(List.of("'note':[{'text':'请加急'}]"));
        try (Interposed between = new Interposed(server.base(), () -> {
                    if (!once.isEmpty()) {
                        tell(study, patient, once.removeFirst());
                    }
                });
                Publishing late = new Publishing(server, between.base())) {
            late.publish(study);
            assertThat(late.isPublished(study)).isTrue();
        }
        JsonNode resource = hub.imagingStudy(study);
        assertThat(resource.at("/note/0/text").asText()).isEqualTo("请加急");
        assertThat(resource.path("numberOfInstances").asInt()).isEqualTo(2);
    }

    @Test
    void whatIsChangedAllTheTimeIsTriedAgainLater() {
        String patient = hub.register(Hospitals.EAST, "RESTLESS", Hospitals.residentId(49));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "RESTLESS");
        String there = tell(study, patient, "");
        List<String> written = new ArrayList<>();
        try (Interposed between = new Interposed(server.base(), () -> {
                    ObjectNode changed = server.read(there).deepCopy();
                    written.add("note " + written.size());
                    changed.putArray("note").addObject().put("text", written.getLast());
                    server.put(changed);
                });
                Publishing late = new Publishing(server, between.base())) {
            late.publish(study);
            assertThat(late.isPublished(study)).isFalse();
        }
        assertThat(written).hasSizeBetween(2, 10);
        assertThat(hub.imagingStudy(study).path("status").asText()).isEqualTo("registered");
        hub.publish(study);
        assertThat(hub.isPublished(study)).isTrue();
    }
}
