package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4 section 3.1.0.11.1: entries of a batch stand each for themselves, in XML as in JSON. */
class XmlBatchTest {
    private static final String POST = "<request><method value=\"POST\"/><url value=\"Patient\"/></request>";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static HttpResponse<String> sent(String type, String... entries) {
        return hub.post("", bundle(type, entries), "Content-Type", "application/fhir+xml");
    }

    /** Each entry stands in a line of its own, the first in line 2. */
    private static String bundle(String type, String... entries) {
        return "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"" + type + "\"/>\n" + String.join("\n", entries)
                + "\n</Bundle>";
    }

    private static String entry(String resource) {
        return "<entry><resource>" + resource + "</resource>" + POST + "</entry>";
    }

    private static String named(String family) {
        return entry("<Patient><name><family value=\"" + family + "\"/></name></Patient>");
    }

    @Test
    void anEntryThatIsNotR4FailsByItself() {
        String[][] wrong = {
            {entry("<Patient><nothing value=\"1\"/></Patient>"), "Bundle.entry[1].resource.nothing"},
            {entry("<Patient><active value=\"perhaps\"/></Patient>"), "Bundle.entry[2].resource.active"},
            {entry("<Patient><active value=\"true\" x=\"1\"/></Patient>"), "Bundle.entry[3].resource.active.x"},
            {entry("<Patient><active/></Patient>"), "Bundle.entry[4].resource.active"},
            {
                entry("<Patient><gender value=\"male\"/><active value=\"true\"/></Patient>"),
                "Bundle.entry[5].resource.active"
            },
            {entry("<Patient>text</Patient>"), "Bundle.entry[6].resource"},
            {entry("<Nothing/>"), "Bundle.entry[7].resource"},
            {entry("<Patient xmlns=\"urn:other\"/>"), "Bundle.entry[8].resource"},
            {entry(""), "Bundle.entry[9].resource"},
            {entry("<Patient/>").replace("<entry>", "<entry x=\"1\">"), "Bundle.entry[10].x"},
            {"<entry/>", "Bundle.entry[11]"},
            {entry("<Patient><gender value=\"x\"/></Patient>"), "Bundle.entry[12].resource.gender"},
            {entry("<Patient><birthDate value=\"1951-13-01\"/></Patient>"), "Bundle.entry[13].resource.birthDate"},
            {
                "<entry><request><method value=\"FETCH\"/><url value=\"x\"/></request></entry>",
                "Bundle.entry[14].request.method"
            },
            {"<entry><request><url value=\"x\"/></request></entry>", "Bundle.entry[15].request.method"},
            {
                "<entry><resource><Patient/></resource><request><method value=\"PUT\"/></request><more/></entry>",
                "Bundle.entry[16].more"
            }
        };
        String[] entries = new String[wrong.length + 2];
        entries[0] = named("BeforeBroken");
        for (int i = 0; i < wrong.length; i++) {
            entries[i + 1] = wrong[i][0];
        }
        entries[wrong.length + 1] = named("BehindBroken");

        JsonNode answer = Answers.json(sent("batch", entries), 200);

        assertThat(answer.path("entry")).hasSize(entries.length);
        for (int i = 1; i <= wrong.length; i++) {
            JsonNode response = answer.path("entry").path(i).path("response");
            assertThat(response.path("status").asText()).as(entries[i]).isEqualTo("400 Bad Request");
            JsonNode issue = response.at("/outcome/issue/0");
            assertThat(issue.at("/expression/0").asText()).isEqualTo(wrong[i - 1][1]);
            assertThat(issue.path("diagnostics").asText())
                    .as("line and column, as of a resource by itself")
                    .contains("(line " + (i + 2) + ", column ");
        }
        assertThat(Answers.found(hub.get("/Patient?family=BeforeBroken"))).hasSize(1);
        assertThat(Answers.found(hub.get("/Patient?family=BehindBroken"))).hasSize(1);
        assertThat(Answers.json(hub.get("/Patient?_summary=count"), 200)
                        .path("total")
                        .asInt())
                .isEqualTo(2);
    }

    /** As many as of a resource by itself; and what comes behind them is done. */
    @Test
    void anEntryIsToldTwentyFaults() {
        JsonNode answer = Answers.json(
                sent("batch", entry("<Patient>" + "<nothing/>".repeat(50) + "</Patient>"), named("BehindMany")), 200);

        assertThat(answer.at("/entry/0/response/outcome/issue")).hasSize(20);
        assertThat(answer.at("/entry/1/response/status").asText()).isEqualTo("201 Created");
    }

    /** Ten thousand wrong entries are told a fault each in the end, and not two hundred thousand. */
    @Test
    void ofManyWrongEntriesOneFaultEachIsTold() {
        String[] entries = new String[10_000];
        java.util.Arrays.fill(entries, entry("<Patient>" + "<nothing/>".repeat(25) + "</Patient>"));

        JsonNode answer = Answers.json(sent("batch", entries), 200);

        assertThat(answer.path("entry")).hasSize(entries.length).allSatisfy(entry -> assertThat(
                        entry.at("/response/status").asText())
                .isEqualTo("400 Bad Request"));
        assertThat(answer.at("/entry/0/response/outcome/issue")).hasSize(20);
        assertThat(answer.at("/entry/9999/response/outcome/issue")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<entry><resource></entry>",
                "<entry><resource><Patient><active value=true/></Patient></resource></entry>",
                "<entry>&x;</entry>",
                "<entry><resource><Patient active=\"1\" active=\"2\"/></resource></entry>",
                "<entry><x:resource/></entry>",
                "<nothing/>",
                "<entry/><link/>",
                "text",
                "<x:entry xmlns:x=\"urn:other\"/>"
            })
    void whatIsNotWellFormedOrNotOfAnEntryFailsAll(String broken) {
        Answers.refused(sent("batch", named("BesideIllFormed"), broken), 400, "(line ");

        assertThat(Answers.found(hub.get("/Patient?family=BesideIllFormed"))).isEmpty();
    }

    @Test
    void aTypeBehindTheEntriesFailsAll() {
        String late =
                "<Bundle xmlns=\"http://hl7.org/fhir\">" + named("BeforeType") + "<type value=\"batch\"/></Bundle>";

        Answers.refusedAt(hub.post("", late, "Content-Type", "application/fhir+xml"), 400, "Bundle.type");

        assertThat(Answers.found(hub.get("/Patient?family=BeforeType"))).isEmpty();
    }

    @Test
    void anEntryOfATransactionFailsAllWithItsLine() {
        HttpResponse<String> ofForm =
                sent("transaction", named("Together"), entry("<Patient><nothing value=\"1\"/></Patient>"));
        HttpResponse<String> ofValue =
                sent("transaction", named("Together"), entry("<Patient><gender value=\"x\"/></Patient>"));

        Answers.refusedAt(ofForm, 400, "Bundle.entry[1].resource.nothing");
        assertThat(ofForm.body()).contains("(line 3, column ");
        Answers.refusedAt(ofValue, 400, "Bundle.entry[1].resource.gender");
        assertThat(ofValue.body()).contains("(line 3, column ");
        assertThat(Answers.found(hub.get("/Patient?family=Together"))).isEmpty();
    }

    /** An entry of nothing costs an answer of two hundred bytes. */
    @Test
    void aBundleHasAHundredThousandEntriesAtMost() {
        String json = "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[" + "7,".repeat(100_000) + "7]}";

        for (String type : new String[] {"batch", "transaction"}) {
            Answers.refusedAt(hub.post("", json.formatted(type)), 413, "Bundle.entry");
            Answers.refusedAt(sent(type, "<entry/>".repeat(100_001)), 413, "Bundle.entry");
        }
    }
}
