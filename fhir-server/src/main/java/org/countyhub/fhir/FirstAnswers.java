package org.countyhub.fhir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Has the server answer itself once, in every form in which its CapabilityStatement goes out, before it says that it is
 * ready: the first answer of a JVM takes 40 to 100 ms, whatever it is, and no client should have to wait for that.
 */
final class FirstAnswers implements ApplicationListener<WebServerInitializedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAnswers.class);
    private static final int TIMEOUT_MILLIS = 1_000;

    private final String bind;

    /** @param bind the address that the server listens on */
    FirstAnswers(String bind) {
        this.bind = bind;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent started) {
        try {
            InetAddress bound = InetAddress.getByName(bind);
            InetAddress address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
            InetSocketAddress server =
                    new InetSocketAddress(address, started.getWebServer().getPort());
            for (String format : List.of("json", "xml")) {
                ask(server, format, "");
                ask(server, format, "Accept-Encoding: gzip\r\n");
            }
        } catch (IOException e) {
            LOG.info("the server starts without having tried its first answers", e);
        }
    }

    /** A plain socket: the JDK's client for HTTP would take longer to start than the server to answer. */
    private static void ask(InetSocketAddress server, String format, String headers) throws IOException {
        String request =
                "GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: application/fhir+"
                        + format + "\r\n" + headers + "\r\n";
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server, TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
