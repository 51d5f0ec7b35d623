package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.structure.Structures.accepted;
import static org.countyhub.fhir.structure.Structures.observation;
import static org.countyhub.fhir.structure.Structures.patient;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructureWalkTest {
    private static final StructureWalk WALK = new StructureWalk(Structures.DEFINITIONS);

    @Test
    void findsReferencesInBackboneElementsAndExtensions() {
        ObjectNode patient = accepted(
                patient(
                        "\"link\":[{\"type\":\"seealso\",\"other\":{\"reference\":\"Patient/2\"}}],"
                                + "\"extension\":[{\"url\":\"http://e\",\"valueReference\":{\"reference\":\"Patient/3\"}}],"
                                + "\"_birthDate\":{\"extension\":[{\"url\":\"http://e\",\"valueReference\":{\"reference\":\"Patient/4\"}}]},"
                                + "\"name\":[{\"_given\":[{\"extension\":[{\"url\":\"http://e\",\"valueReference\":{\"reference\":\"Patient/5\"}}]}]}]"));

        assertThat(references(patient))
                .containsExactly(
                        "Patient/2 at Patient.link[0].other",
                        "Patient/3 at Patient.extension[0].valueReference",
                        "Patient/4 at Patient._birthDate.extension[0].valueReference",
                        "Patient/5 at Patient.name[0]._given[0].extension[0].valueReference");
    }

    @Test
    void findsReferencesInContainedResourcesAndSaysSo() {
        ObjectNode patient = accepted(patient("\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"o\","
                + "\"partOf\":{\"reference\":\"Organization/1\"}}],\"managingOrganization\":{\"reference\":\"#o\"}"));

        List<String> found = new ArrayList<>();
        WALK.walk(patient, new StructureVisitor() {
            @Override
            public void reference(ObjectNode reference, Place place) {
                found.add(place.resourceType() + " " + place.inContained() + " " + place);
            }
        });

        assertThat(found)
                .containsExactly(
                        "Organization true Patient.contained[0].partOf", "Patient false Patient.managingOrganization");
    }

    @Test
    void findsReferencesInBundlesAndParameters() {
        String observation = observation("\"subject\":{\"reference\":\"urn:uuid:1\"}");

        assertThat(references(accepted("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":"
                        + observation + "}]}")))
                .containsExactly("urn:uuid:1 at Bundle.entry[0].resource.subject");
        assertThat(references(accepted("{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"a\",\"part\":["
                        + "{\"name\":\"b\",\"resource\":" + observation + "},"
                        + "{\"name\":\"c\",\"valueReference\":{\"reference\":\"Patient/1\"}}]}]}")))
                .containsExactly(
                        "urn:uuid:1 at Parameters.parameter[0].part[0].resource.subject",
                        "Patient/1 at Parameters.parameter[0].part[1].valueReference");
    }

    @Test
    void findsIdentifiersAlsoInsideReferences() {
        ObjectNode observation = accepted(
                observation("\"identifier\":[{\"value\":\"a\"}]," + "\"subject\":{\"identifier\":{\"value\":\"b\"}}"));

        List<String> found = new ArrayList<>();
        WALK.walk(observation, new StructureVisitor() {
            @Override
            public void identifier(ObjectNode identifier, Place place) {
                found.add(identifier.path("value").textValue() + " at " + place);
            }
        });

        assertThat(found).containsExactly("a at Observation.identifier[0]", "b at Observation.subject.identifier");
    }

    /** FHIR R4 section 3.1.0.11.2: a transaction rewrites elements of type uri, url, oid and uuid. */
    @Test
    void findsUrisOfEveryKind() {
        ObjectNode patient = accepted(patient("\"meta\":{\"profile\":[\"http://a\",\"http://b\"]},\"extension\":["
                + "{\"url\":\"http://c\",\"valueUrl\":\"http://d\"},"
                + "{\"url\":\"http://e\",\"valueUuid\":\"urn:uuid:c757873d-ec9a-4326-a141-556f43239520\"},"
                + "{\"url\":\"http://f\",\"valueOid\":\"urn:oid:1.2\"},"
                + "{\"url\":\"http://g\",\"valueString\":\"http://not\"}]"));

        assertThat(uris(patient))
                .containsExactly(
                        "canonical http://a at Patient.meta.profile[0]",
                        "canonical http://b at Patient.meta.profile[1]",
                        "uri http://c at Patient.extension[0].url",
                        "url http://d at Patient.extension[0].valueUrl",
                        "uri http://e at Patient.extension[1].url",
                        "uuid urn:uuid:c757873d-ec9a-4326-a141-556f43239520 at Patient.extension[1].valueUuid",
                        "uri http://f at Patient.extension[2].url",
                        "oid urn:oid:1.2 at Patient.extension[2].valueOid",
                        "uri http://g at Patient.extension[3].url");
    }

    @Test
    void aVisitorReplacesUrisAndReferencesInPlace() {
        ObjectNode patient = accepted(patient("\"meta\":{\"profile\":[\"http://a\"]},\"implicitRules\":\"http://b\","
                + "\"managingOrganization\":{\"reference\":\"urn:uuid:1\"}"));

        WALK.walk(patient, new StructureVisitor() {
            @Override
            public void uri(UriValue uri, Place place) {
                uri.replace(uri.text() + "/x");
            }

            @Override
            public void reference(ObjectNode reference, Place place) {
                reference.put("reference", "Organization/1").put("type", "Organization");
            }
        });

        assertThat(patient.toString())
                .isEqualTo(patient("\"meta\":{\"profile\":[\"http://a/x\"]},\"implicitRules\":\"http://b/x\","
                        + "\"managingOrganization\":{\"reference\":\"Organization/1\",\"type\":\"Organization/x\"}"));
    }

    @Test
    void findsNarratives() {
        ObjectNode patient = accepted(patient("\"text\":{\"status\":\"generated\",\"div\":\"<div>x</div>\"}"));

        List<String> found = new ArrayList<>();
        WALK.walk(patient, new StructureVisitor() {
            @Override
            public void narrative(ObjectNode narrative, Place place) {
                found.add(narrative.path("div").textValue() + " at " + place);
            }
        });

        assertThat(found).containsExactly("<div>x</div> at Patient.text");
    }

    @Test
    void passesOverWhatTheDefinitionsDoNotKnow() {
        ObjectNode tree = patientTree();
        tree.put("foo", 1).putObject("bar").putObject("reference");
        tree.putArray("_name").addNull().add(1);
        tree.putArray("managingOrganization").add("x");

        assertThat(references(tree)).isEmpty();
        assertThat(references(tree.put("resourceType", "Nothing"))).isEmpty();
    }

    private static ObjectNode patientTree() {
        return accepted("{\"resourceType\":\"Patient\"}");
    }

    private static List<String> references(ObjectNode resource) {
        List<String> found = new ArrayList<>();
        WALK.walk(resource, new StructureVisitor() {
            @Override
            public void reference(ObjectNode reference, Place place) {
                found.add(reference.path("reference").asText() + " at " + place);
            }
        });
        return found;
    }

    private static List<String> uris(ObjectNode resource) {
        List<String> found = new ArrayList<>();
        WALK.walk(resource, new StructureVisitor() {
            @Override
            public void uri(UriValue uri, Place place) {
                found.add(uri.typeName() + " " + uri.text() + " at " + place);
            }
        });
        return found;
    }
}
