package org.countyhub.fhir.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.kernel.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DemographicsReaderTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<JsonNode> ODD = List.of(
            JSON.nullNode(),
            JSON.textNode(""),
            JSON.textNode(" "),
            JSON.textNode("·之子*"),
            JSON.textNode("2024-02-30"),
            JSON.textNode("\uD800"),
            JSON.numberNode(new BigDecimal("1e400")),
            JSON.numberNode(-1),
            JSON.booleanNode(true),
            JSON.arrayNode().add(JSON.arrayNode().add(1)),
            JSON.objectNode().put("value", "x"));

    private static final String COMPLETE = """
            'identifier':[{'use':'usual','type':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v2-0203','code':'NI'}]},
              'system':'urn:oid:2.16.156.10011.1.3','value':'11010020171225006X'},
             {'system':'urn:oid:2.16.156.10011.1.13','value':'0000012','assigner':{'reference':'Organization/a'}}],
            'name':[{'use':'official','text':'张小明','family':'张','given':['小明']}],
            'telecom':[{'system':'phone','value':'13912345670'}],
            'gender':'female','birthDate':'2017-12-25','multipleBirthInteger':2,
            'address':[{'text':'福建省泉州市南安市溪美街道民主街3号','line':['溪美街道','民主街3号'],'city':'泉州市','district':'南安市',
              'state':'福建省','postalCode':'362300'}],
            'contact':[{'relationship':[{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v3-RoleCode','code':'MTH'}]}],
              'name':{'text':'王芳','family':'王','given':['芳']}}],
            'managingOrganization':{'reference':'Organization/a'},
            'extension':[{'url':'https://countyhub.org/StructureDefinition/blood-group','valueCodeableConcept':
              {'coding':[{'system':'urn:oid:2.16.156.10011.2.3.1.85','code':'3','display':'O型'}]}}]
            """;

    @Test
    void aCompletePatientIsReadCompletely() {
        PatientReading reading = Patients.reading(COMPLETE);

        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.demographics())
                .isEqualTo(new Demographics(
                        List.of(new PersonName("张", "小明")),
                        LocalDate.of(2017, 12, 25),
                        Sex.FEMALE,
                        Set.of("13912345670"),
                        List.of(new PostalAddress("溪美街道民主街3号", "泉州市", "南安市", "福建省", "362300")),
                        List.of(new PersonName("王", "芳")),
                        List.of(
                                new PersonCode(
                                        "urn:oid:2.16.156.10011.1.3",
                                        "11010020171225006X",
                                        PersonCode.Standing.VERIFIED),
                                new PersonCode(
                                        "urn:oid:2.16.156.10011.1.13|Organization/a",
                                        "0000012",
                                        PersonCode.Standing.LOCAL)),
                        false,
                        true,
                        2,
                        "O"));
    }

    @Test
    void anEmptyPatientSaysNothing() {
        assertThat(Patients.read(""))
                .isEqualTo(new Demographics(
                        List.of(),
                        null,
                        Sex.UNKNOWN,
                        Set.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        false,
                        0,
                        null));
    }

    @Test
    void onlyACompleteBirthDateIsOne() {
        assertThat(Patients.read("'birthDate':'1976-08-05'").birthDate()).isEqualTo(LocalDate.of(1976, 8, 5));
        for (String incomplete : List.of("1976", "1976-08", "1976-02-30", "")) {
            assertThat(Patients.read("'birthDate':'" + incomplete + "'").birthDate())
                    .isNull();
        }
    }

    @Test
    void multipleBirthIsSaidByTruthOrByOrder() {
        assertThat(Patients.read("'multipleBirthBoolean':true").multipleBirth()).isTrue();
        assertThat(Patients.read("'multipleBirthBoolean':false").multipleBirth())
                .isFalse();
        assertThat(Patients.read("'multipleBirthInteger':1").multipleBirth()).isTrue();
        assertThat(Patients.read("'multipleBirthInteger':0").multipleBirth()).isFalse();
        assertThat(Patients.read("'multipleBirthInteger':3").birthOrder()).isEqualTo(3);
    }

    @Test
    void thoseWhoAnswerForThePersonAreGuardiansAndOthersAreNot() {
        assertThat(Patients.read("'contact':[" + contact("'text':'父亲'", "王一") + ","
                                + contact(
                                        "'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v2-0131','code':'N'}]",
                                        "王二")
                                + "," + contact("'coding':[{'code':'GUARD'}]", "王三") + ","
                                + contact(
                                        "'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v2-0131','code':'E'}]",
                                        "王四")
                                + "," + contact("'coding':[{'code':'X','display':'Mother'}]", "王五") + ","
                                + contact("'text':'同事'", "王六") + ",{'name':{'text':'王七'}},"
                                + contact("'text':'母亲'", "未知") + "]")
                        .guardians())
                .extracting(PersonName::text)
                .containsExactly("王一", "王二", "王三", "王五");
    }

    @Test
    void anAddressWithoutLinesIsItsTextWithoutWhatIsSaidElsewhere() {
        assertThat(Patients.read("'address':[{'text':'福建省泉州市南安市溪美街道3号','state':'福建省','city':'泉州市','district':'南安市'},"
                                + "{'text':'12 Main Street'},{'use':'home'}]")
                        .addresses())
                .containsExactly(
                        new PostalAddress("溪美街道3号", "泉州市", "南安市", "福建省", ""),
                        new PostalAddress("12 Main Street", "", "", "", ""));
    }

    @Test
    void linesInLettersAreSeparatedBySpaces() {
        assertThat(Patients.read("'address':[{'line':['12 Main Street','Flat 3'],'postalCode':'2 600'}]")
                        .addresses())
                .containsExactly(new PostalAddress("12 Main Street Flat 3", "", "", "", "2600"));
    }

    @Test
    void aBloodGroupIsReadFromCodesAndWords() {
        String own = "https://countyhub.org/StructureDefinition/blood-group";

        assertThat(bloodGroup(own, "'valueString':'ab型'")).isEqualTo("AB");
        assertThat(bloodGroup(own, "'valueCode':'O+'")).isEqualTo("O");
        assertThat(bloodGroup(own, "'valueString':'B型（Rh阳性）'")).isEqualTo("B");
        assertThat(bloodGroup(own, "'valueCoding':{'system':'http://snomed.info/sct','code':'112144000'}"))
                .isEqualTo("A");
        assertThat(bloodGroup("http://hl7.org/fhir/StructureDefinition/patient-bloodGroup", "'valueString':'A-'"))
                .isEqualTo("A");
    }

    @Test
    void anUnknownOrContradictoryBloodGroupIsNone() {
        String own = "https://countyhub.org/StructureDefinition/blood-group";

        assertThat(bloodGroup(own, "'valueString':'不详'")).isNull();
        assertThat(bloodGroup(own, "'valueCodeableConcept':{'coding':[{'code':'A'}],'text':'B型'}"))
                .isNull();
        assertThat(bloodGroup(own, "'valueCoding':{'system':'urn:oid:2.16.156.10011.2.3.1.85','code':'5'}"))
                .isNull();
        assertThat(bloodGroup("urn:other", "'valueString':'A'")).isNull();
    }

    @Test
    void morePropertiesThanAnyoneHasAreNotCompared() {
        ObjectNode patient = Patients.patient("");
        for (int i = 0; i < 100_000; i++) {
            patient.withArray("identifier").addObject().put("system", "urn:x").put("value", "A" + i);
            patient.withArray("name").addObject().put("text", "name " + i);
            patient.withArray("telecom")
                    .addObject()
                    .put("system", "phone")
                    .put("value", Integer.toString(13_912_340 + i));
        }
        PatientReading reading = Patients.READER.read(patient);

        assertThat(reading.demographics().codes()).hasSize(DemographicsReader.MOST_IDENTIFIERS);
        assertThat(reading.demographics().names()).hasSize(DemographicsReader.MOST);
        assertThat(reading.demographics().phones()).hasSize(DemographicsReader.MOST);
        assertThat(reading.warnings())
                .containsExactly(
                        Fault.at("Patient.identifier", "too-long", "only the first 200 identifiers are compared"));
    }

    @Test
    void noValueMakesReadingFail() {
        for (JsonNode odd : ODD) {
            ObjectNode patient = Patients.patient(COMPLETE);
            mangle(patient, odd);

            assertThatCode(() -> Patients.READER.read(patient)).as("%s", odd).doesNotThrowAnyException();
            for (String element : List.copyOf(
                    patient.properties().stream().map(Map.Entry::getKey).toList())) {
                ObjectNode other = Patients.patient(COMPLETE);
                other.set(element, odd);
                assertThatCode(() -> Patients.READER.read(other))
                        .as("%s %s", element, odd)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static void mangle(JsonNode node, JsonNode odd) {
        switch (node) {
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> property : object.properties()) {
                    if (property.getValue().isValueNode()) {
                        property.setValue(odd);
                    } else {
                        mangle(property.getValue(), odd);
                    }
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    if (array.get(i).isValueNode()) {
                        array.set(i, odd);
                    } else {
                        mangle(array.get(i), odd);
                    }
                }
            }
            default -> {}
        }
    }

    private static String contact(String relationship, String name) {
        return "{'relationship':[{" + relationship + "}],'name':{'text':'" + name + "'}}";
    }

    private static @Nullable String bloodGroup(String url, String value) {
        return Patients.read("'extension':[{'url':'" + url + "'," + value + "}]")
                .bloodGroup();
    }
}
