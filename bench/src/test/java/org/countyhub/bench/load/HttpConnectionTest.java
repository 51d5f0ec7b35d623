package org.countyhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

    @Test
    void readsABodyOfAGivenLength() {
        try (FakeServer server = new FakeServer(request -> FakeServer.ok("hello"));
                HttpConnection connection = new HttpConnection(server.base())) {
            assertThat(connection.exchange(server.base().get("Patient/1"))).isEqualTo(200);
            assertThat(connection.bodyText()).isEqualTo("hello");
        }
    }

    /** RFC 9112 section 7.1: sizes are hexadecimal, may carry extensions, and a trailer may follow. */
    @Test
    void putsChunksTogether() {
        String chunked = String.join(
                "\r\n",
                "HTTP/1.1 200 ",
                "Transfer-Encoding: chunked",
                "",
                "5",
                "hello",
                "B;x=y",
                ", chunked w",
                "4",
                "orld",
                "0",
                "Trailer: t",
                "",
                "");
        try (FakeServer server = new FakeServer(request -> chunked);
                HttpConnection connection = new HttpConnection(server.base())) {
            for (int i = 0; i < 3; i++) {
                connection.exchange(server.base().get("metadata"));
                assertThat(connection.bodyText()).isEqualTo("hello, chunked world");
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void keepsTheConnectionOverManyRequests() {
        try (FakeServer server = new FakeServer(FakeServer::ok);
                HttpConnection connection = new HttpConnection(server.base())) {
            for (int i = 0; i < 500; i++) {
                connection.exchange(server.base().post("Patient", "{\"n\":" + i + "}"));
                assertThat(connection.bodyText()).isEqualTo("POST /fhir/Patient HTTP/1.1\n{\"n\":" + i + "}");
            }
            assertThat(connection.connects()).isEqualTo(1);
        }
    }

    @Test
    void connectsAgainWhenTheServerSaidClose() {
        try (FakeServer server = new FakeServer(request -> FakeServer.answer("200 OK", "x", "Connection: close"));
                HttpConnection connection = new HttpConnection(server.base())) {
            connection.exchange(server.base().get("a"));
            connection.exchange(server.base().get("b"));
            assertThat(connection.connects()).isEqualTo(2);
        }
    }

    @Test
    void readsABodyUpToTheEndOfTheConnection() {
        try (FakeServer server = new FakeServer(request -> "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end");
                HttpConnection connection = new HttpConnection(server.base())) {
            connection.exchange(server.base().get("a"));
            assertThat(connection.bodyText()).isEqualTo("to the end");
        }
    }

    /** RFC 9110 section 15.3.5: 204 has no body and no length. */
    @Test
    void expectsNoBodyAfterNoContent() {
        try (FakeServer server = new FakeServer(request -> "HTTP/1.1 204 \r\n\r\n");
                HttpConnection connection = new HttpConnection(server.base())) {
            assertThat(connection.exchange(server.base().delete("Patient/1"))).isEqualTo(204);
            assertThat(connection.exchange(server.base().delete("Patient/2"))).isEqualTo(204);
            assertThat(connection.bodyLength()).isZero();
        }
    }

    @Test
    void holdsABodyLargerThanItsBuffers() {
        String large = "0123456789".repeat(50_000);
        try (FakeServer server = new FakeServer(request -> FakeServer.ok(large));
                HttpConnection connection = new HttpConnection(server.base())) {
            connection.exchange(server.base().get("a"));
            assertThat(connection.bodyText()).isEqualTo(large);
        }
    }

    @Test
    void knowsWhereACreatedResourceIs() {
        try (FakeServer server = new FakeServer(request ->
                        FakeServer.answer("201 Created", "", "Location: http://x/fhir/Patient/7/_history/1"));
                HttpConnection connection = new HttpConnection(server.base())) {
            connection.exchange(server.base().post("Patient", "{}"));
            assertThat(Answers.created(connection)).isEqualTo("Patient/7");
            connection.exchange(server.base().post("Patient", "{}"));
            assertThat(connection.connects()).isEqualTo(1);
        }
    }

    @Test
    void anUnexpectedStatusFailsWithTheBody() {
        try (FakeServer server = new FakeServer(request -> FakeServer.answer("500 Oops", "the reason"));
                HttpConnection connection = new HttpConnection(server.base())) {
            assertThatThrownBy(() -> connection.expect(server.base().get("Patient/1"), 200, 201))
                    .isInstanceOf(LoadFailure.class)
                    .hasMessageContaining("GET /fhir/Patient/1 answered 500, not [200, 201]")
                    .hasMessageContaining("the reason");
        }
    }

    @Test
    void anAnswerCutShortIsNoAnswer() {
        try (FakeServer server = new FakeServer(
                        request -> "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\nonly this");
                HttpConnection connection = new HttpConnection(server.base())) {
            assertThatThrownBy(() -> connection.exchange(server.base().get("a")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasRootCauseMessage("the connection closed 91 bytes before the end of the body");
        }
    }
}
