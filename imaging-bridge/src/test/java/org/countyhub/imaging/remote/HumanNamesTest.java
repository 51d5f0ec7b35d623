package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HumanNamesTest {
    private static String name(String representation, String rest) {
        String extension = "'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation',"
                + "'valueCode':'" + representation + "'}]";
        return ("{" + extension + "," + rest + "}").replace('\'', '"');
    }

    @Test
    void eachGroupIsANameOfItsOwn() {
        assertThat(HumanNames.of("Wang^XiaoDong=王^小东").toString())
                .isEqualTo("["
                        + name("ABC", "'text':'Wang XiaoDong','family':'Wang','given':['XiaoDong']")
                        + ","
                        + name("IDE", "'text':'王小东','family':'王','given':['小东']")
                        + "]");
    }

    @Test
    void aNameInOnePieceIsNoSurname() {
        assertThat(HumanNames.of("王小东").toString()).isEqualTo("[" + name("IDE", "'text':'王小东'") + "]");
        assertThat(HumanNames.of("WANG XIAODONG^^^^").toString())
                .isEqualTo("[" + name("ABC", "'text':'WANG XIAODONG'") + "]");
    }

    @Test
    void prefixesSuffixesAndMiddleNamesHaveTheirPlaces() {
        assertThat(HumanNames.of("Adams^John Robert^Quincy^Rev.^B.A. M.Div.").toString())
                .isEqualTo("["
                        + name(
                                "ABC",
                                "'text':'Rev. Adams John Robert Quincy B.A. M.Div.','family':'Adams',"
                                        + "'given':['John Robert','Quincy'],'prefix':['Rev.'],'suffix':['B.A. M.Div.']")
                        + "]");
    }

    @Test
    void emptyGroupsAreNoNames() {
        assertThat(HumanNames.of("=洪^吉洞=")).hasSize(1);
        assertThat(HumanNames.of("^^^^==")).isEmpty();
        assertThat(HumanNames.of(null)).isEmpty();
    }

    @Test
    void controlsAndScriptsStayTextWithoutControls() {
        assertThat(HumanNames.of("<script>\u0000\u001b^x")
                        .path(0)
                        .path("family")
                        .asText())
                .isEqualTo("<script>");
    }

    @Test
    void theIdeographicNameIsTheOneThatIsRead() {
        assertThat(HumanNames.display("Li^Si=李^四")).isEqualTo("李四");
        assertThat(HumanNames.display("Li^Si")).isEqualTo("Li Si");
        assertThat(HumanNames.display("")).isNull();
    }
}
