package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.search.index.Extraction.found;

import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.1.4.10, the table of token types. */
class TokenConversionTest {
    @Test
    void eachCodingOfAConceptIsAToken() {
        assertThat(found("code", """
                        {'resourceType':'Observation','code':{'text':'Sodium','coding':[
                          {'system':'http://loinc.org','code':'2951-2'},{'code':'NA'},{'system':'urn:x','display':'Na'}]}}"""))
                .containsExactly("Token[system=http://loinc.org, code=2951-2]", "Token[system=null, code=NA]");
    }

    @Test
    void anIdentifierIsATokenOfItsSystemAndValue() {
        assertThat(found(
                        "identifier",
                        "{'resourceType':'Patient','identifier':[{'system':'urn:id','value':'1'},{'use':'old'}]}"))
                .containsExactly("Token[system=urn:id, code=1]");
    }

    @Test
    void aContactPointIsATokenWithoutSystem() {
        String patient =
                "{'resourceType':'Patient','telecom':[{'system':'phone','value':'555'},{'system':'email','value':'a@b'}]}";

        assertThat(found("telecom", patient))
                .containsExactly("Token[system=null, code=555]", "Token[system=null, code=a@b]");
        assertThat(found("phone", patient)).containsExactly("Token[system=null, code=555]");
        assertThat(found("email", patient)).containsExactly("Token[system=null, code=a@b]");
    }

    @Test
    void aCodeHasTheSystemOfItsRequiredBinding() {
        assertThat(found("gender", "{'resourceType':'Patient','gender':'female'}"))
                .containsExactly("Token[system=http://hl7.org/fhir/administrative-gender, code=female]");
    }

    @Test
    void booleansIdsAndStringsAreTokensWithoutSystem() {
        assertThat(found("active", "{'resourceType':'Patient','active':true}"))
                .containsExactly("Token[system=null, code=true]");
        assertThat(found("_id", "{'resourceType':'Patient','id':'p1'}")).containsExactly("Token[system=null, code=p1]");
        assertThat(found("version", "{'resourceType':'CodeSystem','version':'1.0'}"))
                .containsExactly("Token[system=null, code=1.0]");
    }

    @Test
    void tagsAndSecurityLabelsAreTokens() {
        String resource =
                "{'resourceType':'Binary','meta':{'tag':[{'system':'s','code':'t'}],'security':[{'code':'R'}]}}";

        assertThat(found("_tag", resource)).containsExactly("Token[system=s, code=t]");
        assertThat(found("_security", resource)).containsExactly("Token[system=null, code=R]");
    }

    @Test
    void deceasedIsTrueByDateAndFalseWhenNothingIsSaid() {
        assertThat(found("deceased", "{'resourceType':'Patient','deceasedDateTime':'2024'}"))
                .containsExactly("Token[system=null, code=true]");
        assertThat(found("deceased", "{'resourceType':'Patient','deceasedBoolean':true}"))
                .containsExactly("Token[system=null, code=true]");
        assertThat(found("deceased", "{'resourceType':'Patient','deceasedBoolean':false}"))
                .containsExactly("Token[system=null, code=false]");
        assertThat(found("deceased", "{'resourceType':'Patient'}")).containsExactly("Token[system=null, code=false]");
    }
}
