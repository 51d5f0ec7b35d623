package org.countyhub.fhir.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.hl7v2.message.MessageCharset;
import org.countyhub.fhir.hl7v2.mllp.MllpLimits;
import org.countyhub.fhir.hl7v2.mllp.MllpServer;
import org.countyhub.fhir.hl7v2.sender.Sender;
import org.countyhub.fhir.hl7v2.sender.Senders;

/** A server with two hospitals that send: HD declares its character set, SY does not and sends GB 18030. */
final class MllpHub implements AutoCloseable {
    static final String NUMBERS = "https://haidu.example.org/patient";
    static final String OTHER_NUMBERS = "https://city.example.org/patient";
    static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";
    static final String HEALTH_CARD = "urn:oid:2.16.156.10011.1.19";
    static final String SOCIAL_SECURITY_CARD = "urn:oid:2.16.840.1.113883.2.23.1.19.2";
    static final String INPATIENT = "urn:oid:2.16.156.10011.1.12";
    static final MllpLimits LIMITS = new MllpLimits(16, 16 * 1024, 60_000, 10_000, 10_000);

    static final Senders SENDERS = new Senders(List.of(
            new Sender(
                    "HIS",
                    "HD",
                    "urn:haidu:his",
                    "Organization/haidu-hospital",
                    NUMBERS,
                    Map.of("HDHIS", NUMBERS, "GA", RESIDENT_ID),
                    Map.of("HC", HEALTH_CARD, "SS", SOCIAL_SECURITY_CARD),
                    null,
                    null,
                    "P"),
            new Sender(
                    "HIS",
                    "SY",
                    "urn:city:his",
                    "Organization/city-hospital",
                    OTHER_NUMBERS,
                    Map.of("SYHIS", OTHER_NUMBERS),
                    Map.of(),
                    RESIDENT_ID,
                    MessageCharset.GB18030,
                    "P")));

    private static final ObjectMapper JSON = new ObjectMapper();

    final TestHub hub;
    final MllpServer mllp;

    private MllpHub(TestHub hub, MllpServer mllp) {
        this.hub = hub;
        this.mllp = mllp;
    }

    static MllpHub start() {
        return start(LIMITS);
    }

    static MllpHub start(MllpLimits limits) {
        TestHub hub = TestHub.start();
        for (String id : List.of("haidu-hospital", "city-hospital")) {
            hub.put(
                    "/Organization/" + id,
                    "{\"resourceType\":\"Organization\",\"id\":\"%s\",\"name\":\"%s\"}".formatted(id, id));
        }
        return new MllpHub(
                hub,
                MllpServer.start(
                        InetAddress.getLoopbackAddress(),
                        0,
                        limits,
                        hub.server().hl7v2(SENDERS)));
    }

    int port() {
        return mllp.address().getPort();
    }

    MllpClient connect() {
        return new MllpClient(port());
    }

    /** Sends one message on a connection of its own. */
    Answer send(Adt message) {
        try (MllpClient client = connect()) {
            return client.send(message);
        }
    }

    /** Sends what must be accepted. */
    void accepted(Adt message) {
        Answer answer = send(message);
        assertThat(answer.code()).as(answer.text()).isEqualTo("AA");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> search(String query) {
        List<JsonNode> found = new ArrayList<>();
        json(hub.get("/" + query)).path("entry").forEach(entry -> found.add(entry.path("resource")));
        return found;
    }

    /** The one Patient under a number of the sender HD. */
    JsonNode patient(String number) {
        List<JsonNode> found = search("Patient?identifier=" + NUMBERS + "|" + number);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** The one Person of the Patient under a number of the sender HD. */
    String person(String number) {
        List<JsonNode> persons =
                search("Person?link=Patient/" + patient(number).path("id").asText());
        assertThat(persons).hasSize(1);
        return persons.getFirst().path("id").asText();
    }

    @Override
    public void close() {
        mllp.close();
        hub.close();
    }
}
