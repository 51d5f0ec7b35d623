package org.countyhub.fhir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Has the server answer itself once, in every form in which its CapabilityStatement goes out, before it listens to others:
 * the first answer of a JVM takes 150 to 250 ms, whatever it is, and no client should have to wait for that.
 */
final class FirstAnswers implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAnswers.class);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final ServletWebServerApplicationContext application;

    FirstAnswers(ServletWebServerApplicationContext application) {
        this.application = application;
    }

    /** Before the port is opened. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }

    /** Asks at a port of its own, which is closed again. */
    @Override
    public void start() {
        if (!(application.getWebServer() instanceof TomcatWebServer server)) {
            return;
        }
        Service service = server.getTomcat().getService();
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        connector.setProperty("compression", "on");
        connector.setProperty("compressibleMimeType", "application/fhir+json,application/fhir+xml");
        try {
            service.addConnector(connector);
            for (String format : List.of("json", "xml")) {
                ask(connector.getLocalPort(), format, "");
                ask(connector.getLocalPort(), format, "Accept-Encoding: gzip\r\n");
            }
        } catch (IOException e) {
            LOG.info("the server starts without having tried its first answers", e);
        } finally {
            service.removeConnector(connector);
            destroy(connector);
        }
    }

    private static void destroy(Connector connector) {
        try {
            connector.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
        return false;
    }

    /** A plain socket: the JDK's client for HTTP would take longer to start than the server to answer. */
    private static void ask(int port, String format, String headers) throws IOException {
        String request =
                "GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: application/fhir+"
                        + format + "\r\n" + headers + "\r\n";
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
