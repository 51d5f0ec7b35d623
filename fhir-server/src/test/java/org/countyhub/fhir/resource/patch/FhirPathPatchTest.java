package org.countyhub.fhir.resource.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.resource.patch.PatchAssertions.assertRefused;
import static org.countyhub.fhir.resource.patch.PatchAssertions.refusal;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.kernel.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FHIRPath Patch (FHIR R4, fhirpatch.html) beyond the published suite. */
class FhirPathPatchTest {
    private static final Definitions DEFINITIONS = new Definitions(FhirContext.forR4Cached());

    private static final String PATIENT = "{'resourceType':'Patient','id':'p','active':true,"
            + "'name':[{'use':'official','family':'A','given':['x','y'],'_given':[null,{'id':'g'}]},{'family':'B'}],"
            + "'birthDate':'1970-01-01','_birthDate':{'extension':[{'url':'u','valueString':'t'}]},"
            + "'deceasedBoolean':false}";

    @Test
    void onlyWhatThePatchNamesChanges() {
        ObjectNode observation = Trees.object("{'resourceType':'Observation','status':'final',"
                + "'valueQuantity':{'unit':'g','value':1.500},'code':{'text':'c'}}");
        assertThat(patch(replace("Observation.status", "'valueCode':'amended'"))
                        .apply(observation)
                        .toString())
                .isEqualTo(observation.toString().replace("final", "amended"));
    }

    @Test
    void valuesKeepTheirPrecision() {
        ObjectNode observation = Trees.object("{'resourceType':'Observation','valueQuantity':{'value':1}}");
        String path = "Observation.value.ofType(Quantity).value";
        assertThat(patch(replace(path, "'valueDecimal':2.00"))
                        .apply(observation)
                        .toString())
                .contains("2.00");
    }

    @Test
    void anElementIsFoundByACriterion() {
        assertThat(apply(replace("Patient.name.where(use = 'official').family", "'valueString':'C'"))
                        .at("/name/0/family")
                        .textValue())
                .isEqualTo("C");
    }

    @Test
    void addToAnExistingSingleElementIsRefused() {
        // "Add can used for non-repeating elements as long as they do not already exist"
        unfit(add("Patient", "active", "'valueBoolean':false"));
        unfit(add("Patient", "deceased", "'valueDateTime':'2020'"));
    }

    @Test
    void aChoiceIsAddedByItsFhirPathNameOrByItsJsonName() {
        ObjectNode observation = Trees.object("{'resourceType':'Observation'}");
        for (String name : new String[] {"value", "valueInteger"}) {
            assertThat(patch(add("Observation", name, "'valueInteger':3"))
                            .apply(observation)
                            .path("valueInteger")
                            .intValue())
                    .isEqualTo(3);
        }
    }

    @Test
    void aChoiceThatIsReplacedByAnotherTypeMovesToAnotherProperty() {
        ObjectNode result = apply(replace("Patient.deceased", "'valueDateTime':'2020'"));
        assertThat(result.has("deceasedBoolean")).isFalse();
        assertThat(result.path("deceasedDateTime").textValue()).isEqualTo("2020");
    }

    @Test
    void aReplacedPrimitiveTakesItsExtensionsAlong() {
        ObjectNode result = apply(replace("Patient.birthDate", "'valueDate':'1971-01-01','_valueDate':{'id':'new'}"));
        assertThat(result.path("birthDate").textValue()).isEqualTo("1971-01-01");
        assertThat(result.path("_birthDate").toString()).isEqualTo("{\"id\":\"new\"}");
    }

    @Test
    void anExtensionMayBeAddedToAPrimitive() {
        ObjectNode result = apply(add(
                "Patient.active",
                "extension",
                "'part':[{'name':'url','valueUri':'u'},{'name':'value','valueCode':'c'}]"));
        assertThat(result.path("_active").toString())
                .isEqualTo("{\"extension\":[{\"url\":\"u\",\"valueCode\":\"c\"}]}");
    }

    @Test
    void whatIsDeletedTakesItsEmptyOwnersAlong() {
        // FHIR R4 section 2.6.2: objects and arrays are never empty
        ObjectNode result = apply(delete("Patient.name[1].family"), delete("Patient.birthDate.extension"));
        assertThat(result.path("name").size()).isEqualTo(1);
        assertThat(result.has("_birthDate")).isFalse();
        assertThat(result.path("birthDate").textValue()).isEqualTo("1970-01-01");
    }

    @Test
    void listsOfPrimitivesKeepValuesAndExtensionsTogether() {
        assertThat(apply(insert("Patient.name[0].given", 0, "'valueString':'z'"))
                        .at("/name/0")
                        .toString())
                .contains("\"given\":[\"z\",\"x\",\"y\"]", "\"_given\":[null,null,{\"id\":\"g\"}]");
        assertThat(apply(move("Patient.name[0].given", 1, 0)).at("/name/0").toString())
                .contains("\"given\":[\"y\",\"x\"]", "\"_given\":[{\"id\":\"g\"},null]");
        assertThat(apply(delete("Patient.name[0].given[1]")).at("/name/0").toString())
                .contains("\"given\":[\"x\"]")
                .doesNotContain("_given");
    }

    @Test
    void deletingWhatIsNotThereSucceeds() {
        // "Path of the element to delete (if found)"
        assertThat((JsonNode) apply(delete("Patient.maritalStatus"), delete("Patient.name[7]")))
                .isEqualTo(Trees.object(PATIENT));
    }

    @Test
    void deletingManyIsRefused() {
        // "Only a single element can be deleted"
        unfit(delete("Patient.name"));
    }

    @Test
    void apartFromDeletionAPathLeadsSomewhere() {
        // "Except for the delete operation, it is an error if no element matches the specified path"
        unfit(add("Patient.maritalStatus", "text", "'valueString':'x'"));
        unfit(replace("Patient.gender", "'valueCode':'male'"));
        unfit(insert("Patient.telecom", 0, "'valueContactPoint':{'value':'1'}"));
        unfit(move("Patient.telecom", 0, 0));
    }

    @Test
    void aPathLeadsToOneElement() {
        unfit(add("Patient.name", "text", "'valueString':'x'"));
        unfit(replace("Patient.name.family", "'valueString':'x'"));
    }

    @Test
    void listOperationsNeedTheWholeList() {
        unfit(insert("Patient.name.where(family = 'B')", 0, "'valueHumanName':{'text':'x'}"));
        unfit(move("Patient.birthDate", 0, 0));
        unfit(move("Patient.name.given | Patient.name", 0, 0));
        unfit(move("Patient", 0, 0));
    }

    @Test
    void indexesBeyondTheListAreRefused() {
        // "The index ... must be equal or less than the number of elements in the list"
        unfit(insert("Patient.name", 3, "'valueHumanName':{'text':'x'}"));
        assertThat(apply(insert("Patient.name", 2, "'valueHumanName':{'text':'x'}"))
                        .at("/name/2/text")
                        .textValue())
                .isEqualTo("x");
        unfit(move("Patient.name", 2, 0));
        unfit(move("Patient.name", 0, 2));
    }

    @Test
    void aValueHasTheTypeOfItsPlace() {
        unfit(replace("Patient.active", "'valueString':'true'"));
        unfit(replace("Patient.name[0]", "'valueString':'x'"));
        unfit(add("Patient", "maritalStatus", "'valueCoding':{'code':'M'}"));
        unfit(add("Patient", "contained", "'valueCoding':{'code':'M'}"));
        unfit(add("Patient", "shoeSize", "'valueInteger':43"));
    }

    @Test
    void aResourceMayBeContained() {
        ObjectNode result = apply(add("Patient", "contained", "'resource':{'resourceType':'Basic','id':'b'}"));
        assertThat(result.at("/contained/0/resourceType").textValue()).isEqualTo("Basic");
        assertThat(patch(delete("Patient.contained.where($this is Basic)"))
                        .apply(result)
                        .has("contained"))
                .isFalse();
    }

    @Test
    void partsNestAsDeepAsTheTypeDoes() {
        String timing = "'part':[{'name':'repeat','part':[{'name':'count','valuePositiveInt':2},"
                + "{'name':'dayOfWeek','valueCode':'mon'},{'name':'dayOfWeek','valueCode':'tue'}]}]";
        ObjectNode result = patch(add("ServiceRequest", "occurrenceTiming", timing))
                .apply(Trees.object("{'resourceType':'ServiceRequest'}"));
        assertThat(result.path("occurrenceTiming").toString())
                .isEqualTo("{\"repeat\":{\"count\":2,\"dayOfWeek\":[\"mon\",\"tue\"]}}");
    }

    @Test
    void typeAndIdStay() {
        assertRefused(() -> apply(replace("Patient.id", "'valueId':'q'")), Problem.Unprocessable.class, "id");
        unfit(delete("Patient"));
        unfit(replace("Patient", "'resource':{'resourceType':'Patient','id':'p'}"));
    }

    @Test
    void aComputedValueIsNoTarget() {
        unfit(delete("Patient.name.count()"));
        unfit(delete("'x'"));
    }

    @Test
    void aRefusedPatchNamesItsOperation() {
        assertRefused(
                () -> apply(delete("Patient.active"), replace("Patient.gender", "'valueCode':'male'")),
                Problem.Unprocessable.class,
                "Parameters.parameter[1]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            {'name':'op','part':[]}                                                ; .name
            {'name':'operation'}                                                   ; ""
            {'name':'operation','part':[{'name':'type','valueCode':'test'}]}       ; ""
            {'name':'operation','part':[{'name':'type','valueCode':'delete'}]}     ; ""
            {'name':'operation','part':[{'name':'what','valueCode':'delete'}]}     ; .part[0].name
            {'name':'operation','part':[{'name':'type','valueInteger':1}]}         ; .part[0]
            {'name':'operation','part':[{'name':'type','valueCode':'add'},{'name':'type','valueCode':'add'}]} ; .part[1]
            """)
    void aMalformedOperationIsRefusedWithItsPlace(String parameter, String place) {
        assertRefused(() -> patch(parameter), Problem.Malformed.class, "Parameters.parameter[0]" + place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            Patient.
            Patient..name
            Patient.name[
            Patient.name[0
            Patient.name)
            (Patient
            Patient name
            Patient.name.where(
            Patient.name.where()
            Patient.name.resolve()
            Patient.name.matches(1)
            %ucum
            #
            """)
    void aMalformedPathIsRefusedWithItsPlace(String path) {
        assertRefused(() -> patch(delete(path)), Problem.Malformed.class, "Parameters.parameter[0].part[1]");
    }

    @Test
    void longOrDeeplyNestedPathsAreMalformed() {
        for (String path : new String[] {"a".repeat(1_001), "(".repeat(400) + "a" + ")".repeat(400), ""}) {
            assertRefused(() -> patch(delete(path)), Problem.Malformed.class, "Parameters.parameter[0].part[1]");
        }
    }

    @Test
    void evaluationEndsAtTheBudget() {
        ObjectNode questionnaire = Trees.object("{'resourceType':'Questionnaire'}");
        ArrayNode items = questionnaire.putArray("item");
        for (int i = 0; i < 2_000; i++) {
            items.addObject().put("linkId", Integer.toString(i));
        }
        for (String path : new String[] {
            "item.where(%resource.item.where(linkId = 'x').exists())",
            "repeat($this)",
            "item.where(%resource.descendants().exists())"
        }) {
            refusal(() -> patch(delete(path)).apply(questionnaire), Problem.TooCostly.class);
        }
    }

    @Test
    void repeatFindsAnItemAtAnyDepth() {
        ObjectNode response = Trees.object("{'resourceType':'QuestionnaireResponse','item':[{'linkId':'1',"
                + "'item':[{'linkId':'1.1','answer':[{'valueString':'old'}]}]}]}");
        String path = "QuestionnaireResponse.repeat(item).where(linkId = '1.1').answer.value";
        assertThat(patch(replace(path, "'valueString':'new'"))
                        .apply(response)
                        .at("/item/0/item/0/answer/0/valueString")
                        .textValue())
                .isEqualTo("new");
    }

    @Test
    void nothingGrowsTooDeep() {
        String deeper = add(
                "repeat(item).last() | where(item.empty())", "item", "'part':[{'name':'linkId','valueString':'1'}]");
        FhirPathPatch patch = patch(String.join(",", Collections.nCopies(300, deeper)));
        refusal(() -> patch.apply(Trees.object("{'resourceType':'Questionnaire'}")), Problem.Unprocessable.class);
    }

    private static void unfit(String operation) {
        ObjectNode patient = Trees.object(PATIENT);
        assertRefused(() -> patch(operation).apply(patient), Problem.Unprocessable.class, "Parameters.parameter[0]");
        assertThat((JsonNode) patient).isEqualTo(Trees.object(PATIENT));
    }

    private static ObjectNode apply(String... operations) {
        ObjectNode patient = Trees.object(PATIENT);
        ObjectNode result = patch(String.join(",", operations)).apply(patient);
        assertThat((JsonNode) patient).isEqualTo(Trees.object(PATIENT));
        return result;
    }

    private static FhirPathPatch patch(String operations) {
        return FhirPathPatch.parse(
                Trees.object("{'resourceType':'Parameters','parameter':[" + operations + "]}"), DEFINITIONS);
    }

    private static String add(String path, String name, String value) {
        return operation("add", path, "{'name':'name','valueString':'" + name + "'}," + value(value));
    }

    private static String insert(String path, int index, String value) {
        return operation("insert", path, "{'name':'index','valueInteger':" + index + "}," + value(value));
    }

    private static String delete(String path) {
        return operation("delete", path, "");
    }

    private static String replace(String path, String value) {
        return operation("replace", path, value(value));
    }

    private static String move(String path, int source, int destination) {
        return operation(
                "move",
                path,
                "{'name':'source','valueInteger':" + source + "},{'name':'destination','valueInteger':" + destination
                        + "}");
    }

    private static String value(String value) {
        return "{'name':'value'," + value + "}";
    }

    private static String operation(String type, String path, String parts) {
        return "{'name':'operation','part':[{'name':'type','valueCode':'" + type
                + "'},{'name':'path','valueString':'" + path.replace("'", "\\u0027") + "'}"
                + (parts.isEmpty() ? "" : ",") + parts + "]}";
    }
}
