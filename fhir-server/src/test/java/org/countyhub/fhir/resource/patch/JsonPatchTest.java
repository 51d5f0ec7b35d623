package org.countyhub.fhir.resource.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.resource.patch.PatchAssertions.assertRefused;
import static org.countyhub.fhir.resource.patch.PatchAssertions.refusal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.countyhub.kernel.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchTest {
    private static final String PATIENT =
            "{'resourceType':'Patient','id':'p','active':true,'name':[{'family':'A'},{'family':'B'}]}";

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            [1]                                            ; [0]
            [{'path':'/a'}]                                ; [0].op
            [{'op':'Add','path':'/a','value':1}]           ; [0].op
            [{'op':'add','path':'/a'}]                     ; [0].value
            [{'op':'test','path':'/a'}]                    ; [0].value
            [{'op':'remove'}]                              ; [0].path
            [{'op':'remove','path':7}]                     ; [0].path
            [{'op':'remove','path':'a'}]                   ; [0].path
            [{'op':'remove','path':'/a~2'}]                ; [0].path
            [{'op':'remove','path':'/a~'}]                 ; [0].path
            [{'op':'move','path':'/a'}]                    ; [0].from
            [{'op':'remove','path':'/a'},{'op':'copy','from':'b','path':'/a'}] ; [1].from
            """)
    void aMalformedPatchIsRefusedWithItsPlace(String patch, String place) {
        assertRefused(() -> JsonPatch.parse(Trees.quoted(patch)), Problem.Malformed.class, place);
    }

    @Test
    void aPatchIsAnArray() {
        refusal(() -> JsonPatch.parse(Trees.object("{'op':'remove','path':'/a'}")), Problem.Malformed.class);
    }

    /** FHIR R4 RESTful API, patch: a failing test operation is 422; what finds no target is treated alike. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            [{'op':'remove','path':'/gender'}]                           ; [0]
            [{'op':'test','path':'/active','value':true},{'op':'test','path':'/active','value':false}] ; [1]
            [{'op':'test','path':'/active','value':'true'}]              ; [0]
            [{'op':'test','path':'/gender','value':null}]                ; [0]
            [{'op':'replace','path':'/gender','value':'male'}]           ; [0]
            [{'op':'add','path':'/telecom/-','value':{}}]                ; [0]
            [{'op':'add','path':'/active/x','value':1}]                  ; [0]
            [{'op':'add','path':'/name/3','value':{}}]                   ; [0]
            [{'op':'add','path':'/name/x','value':{}}]                   ; [0]
            [{'op':'add','path':'/name/-1','value':{}}]                  ; [0]
            [{'op':'remove','path':'/name/2'}]                           ; [0]
            [{'op':'remove','path':'/name/01'}]                          ; [0]
            [{'op':'remove','path':'/name/-'}]                           ; [0]
            [{'op':'remove','path':'/name/99999999999999999999'}]        ; [0]
            [{'op':'remove','path':''}]                                  ; [0]
            [{'op':'move','from':'/name','path':'/name/0/given'}]        ; [0]
            [{'op':'move','from':'/gender','path':'/gender'}]            ; [0]
            [{'op':'copy','from':'/gender','path':'/active'}]            ; [0]
            [{'op':'replace','path':'/id','value':'q'}]                  ; id
            [{'op':'remove','path':'/id'}]                               ; id
            [{'op':'replace','path':'/resourceType','value':'Person'}]   ; resourceType
            """)
    void anOperationThatDoesNotFitRefusesTheWholePatch(String patch, String place) {
        ObjectNode patient = Trees.object(PATIENT);
        ArrayNode operations = (ArrayNode) Trees.quoted(patch);
        assertRefused(() -> JsonPatch.parse(operations).apply(patient), Problem.Unprocessable.class, place);
        assertThat((JsonNode) patient).isEqualTo(Trees.object(PATIENT));
    }

    @Test
    void aDocumentMayBeReplacedAsAWholeByTheSameResource() {
        ObjectNode result = apply("[{'op':'replace','path':'','value':{'resourceType':'Patient','id':'p'}}]");
        assertThat((JsonNode) result).isEqualTo(Trees.object("{'resourceType':'Patient','id':'p'}"));
    }

    @Test
    void anExistingMemberIsReplacedByAdd() {
        // RFC 6902 section 4.1
        assertThat(apply("[{'op':'add','path':'/active','value':false}]")
                        .get("active")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void testComparesNumbersByValueAndObjectsWithoutOrder() {
        // RFC 6902 section 4.6
        ObjectNode quantity = Trees.object("{'resourceType':'X','value':1.50,'range':{'low':1,'high':2.0}}");
        JsonPatch patch = JsonPatch.parse(Trees.quoted("[{'op':'test','path':'/value','value':1.5},"
                + "{'op':'test','path':'/range','value':{'high':2,'low':1.0}}]"));
        assertThat(patch.apply(quantity).toString()).isEqualTo(quantity.toString());
    }

    @Test
    void decimalsKeepTheirPrecision() {
        ObjectNode observation = Trees.object("{'resourceType':'Observation','valueQuantity':{'value':1.500}}");
        JsonPatch patch = JsonPatch.parse(Trees.quoted(
                "[{'op':'copy','from':'/valueQuantity','path':'/x'}," + "{'op':'add','path':'/y','value':0.010}]"));
        assertThat(patch.apply(observation).toString())
                .contains("\"x\":{\"value\":1.500}")
                .contains("\"y\":0.010");
    }

    @Test
    void membersThatAnOperationDoesNotDefineAreIgnored() {
        // RFC 6902 section 4
        assertThat(apply("[{'op':'remove','path':'/active','value':1,'why':'x'}]")
                        .has("active"))
                .isFalse();
    }

    @Test
    void aPatchMayBeAppliedTwiceWithoutSharingItsValues() {
        JsonPatch patch = JsonPatch.parse(Trees.quoted("[{'op':'add','path':'/name/-','value':{'family':'C'}}]"));
        ObjectNode first = patch.apply(Trees.object(PATIENT));
        ((ObjectNode) first.at("/name/2")).put("family", "changed");
        assertThat(patch.apply(Trees.object(PATIENT)).at("/name/2/family").textValue())
                .isEqualTo("C");
    }

    @Test
    void copiesOfCopiesEndAtTheBudget() {
        ArrayNode operations = Trees.MAPPER.createArrayNode();
        for (int i = 0; i < 100; i++) {
            operations.add(Trees.object("{'op':'copy','from':'','path':'/x" + i + "'}"));
        }
        refusal(() -> JsonPatch.parse(operations).apply(Trees.object(PATIENT)), Problem.TooCostly.class);
    }

    @Test
    void copiesIntoThemselvesEndAtTheDepth() {
        ArrayNode operations = Trees.MAPPER.createArrayNode();
        for (int i = 0; i <= 150; i++) {
            operations.add(Trees.object("{'op':'add','path':'" + "/x".repeat(i + 1) + "','value':{}}"));
        }
        operations.add(Trees.object("{'op':'copy','from':'/x','path':'" + "/x".repeat(151) + "/y'}"));
        assertRefused(
                () -> JsonPatch.parse(operations).apply(Trees.object(PATIENT)), Problem.Unprocessable.class, "[151]");
    }

    @Test
    void aPatchHasAtMostAThousandOperations() {
        ArrayNode operations = Trees.MAPPER.createArrayNode();
        for (int i = 0; i <= Patch.MAX_OPERATIONS; i++) {
            operations.add(Trees.object("{'op':'remove','path':'/x'}"));
        }
        refusal(() -> JsonPatch.parse(operations), Problem.Malformed.class);
    }

    private static ObjectNode apply(String patch) {
        return JsonPatch.parse(Trees.quoted(patch)).apply(Trees.object(PATIENT));
    }
}
