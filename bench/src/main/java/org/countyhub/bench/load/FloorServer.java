package org.countyhub.bench.load;

import jakarta.servlet.http.HttpServlet;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;

/** The same kind of HTTP server as the applications have, with nothing in it but one servlet. */
public final class FloorServer implements AutoCloseable {
    private static final String PATH = "/fhir";

    private final Tomcat tomcat = new Tomcat();
    private final TemporaryDirectory directory = TemporaryDirectory.create("hub-bench-floor");
    private final FhirBase base;

    private FloorServer(HttpServlet servlet) throws LifecycleException {
        tomcat.setBaseDir(directory.path().toString());
        Http11NioProtocol protocol = new Http11NioProtocol();
        protocol.setMaxKeepAliveRequests(-1);
        Connector connector = new Connector(protocol);
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        tomcat.setConnector(connector);
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        // No application is ever reloaded here, so no search for what it might have left behind.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        Tomcat.addServlet(context, "floor", servlet);
        context.addServletMappingDecoded(PATH + "/*", "floor");
        tomcat.start();
        base = new FhirBase("127.0.0.1", connector.getLocalPort(), PATH);
    }

    /** Starts a server whose addresses below its base are all the servlet's. */
    public static FloorServer start(HttpServlet servlet) {
        try {
            return new FloorServer(servlet);
        } catch (LifecycleException e) {
            throw new LoadFailure("the server of a floor does not start", e);
        }
    }

    public FhirBase base() {
        return base;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new LoadFailure("the server of a floor does not stop", e);
        } finally {
            directory.close();
        }
    }
}
