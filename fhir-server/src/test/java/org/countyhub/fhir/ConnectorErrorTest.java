package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that go wrong before FHIR begins. */
class ConnectorErrorTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void anAddressThatIsNotAsciiIsRefusedWithAnOutcome() throws IOException {
        assertThat(answer("GET /fhir/Patient?name=张 HTTP/1.1\r\nHost: hub.test\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("Content-Type: application/fhir+json", "\"resourceType\":\"OperationOutcome\"")
                .doesNotContain("<html", "张");
    }

    @Test
    void anAddressThatIsNotPercentEncodedAsItShouldBeIsRefusedWithAnOutcome() throws IOException {
        assertThat(answer("GET /fhir/Patient/%zz HTTP/1.1\r\nHost: hub.test\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"resourceType\":\"OperationOutcome\"");
    }

    @Test
    void headersThatAreTooLongAreRefusedWithAnOutcome() throws IOException {
        assertThat(answer("GET /fhir/Patient HTTP/1.1\r\nHost: hub.test\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4")
                .contains("\"resourceType\":\"OperationOutcome\"");
    }

    @Test
    void aMethodThatNobodyKnowsIsRefusedWithAnOutcome() throws IOException {
        assertThat(answer("BREW /fhir/Patient HTTP/1.1\r\nHost: hub.test\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 501")
                .contains("\"code\":\"not-supported\"");
    }

    @Test
    void whatIsNotHttpIsRefusedWithAnOutcome() throws IOException {
        assertThat(answer("\u0001\u0002\u0003\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"resourceType\":\"OperationOutcome\"");
    }

    private static String answer(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(hub.base()).getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
