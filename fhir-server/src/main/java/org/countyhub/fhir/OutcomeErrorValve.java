package org.countyhub.fhir;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Tells the errors that Tomcat finds before any servlet is asked, such as a request that is not HTTP, and those that a servlet
 * leaves to Tomcat: as an OperationOutcome (FHIR R4 section 3.1.0.1.5) instead of an HTML page. Public, because Tomcat
 * makes it by its name.
 */
public final class OutcomeErrorValve extends ErrorReportValve {
    /** Has this valve report the errors of a host. */
    static void reportFor(Container host) {
        ((StandardHost) host).setErrorReportValveClass(OutcomeErrorValve.class.getName());
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType("application/fhir+json");
            response.setCharacterEncoding("UTF-8");
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(outcome(response.getStatus()));
                response.finishResponse();
            }
        } catch (IOException e) {
            container.getLogger().debug("the client is gone", e);
        }
    }

    /** Says nothing of the request: what could not be read cannot be repeated safely. */
    private static String outcome(int status) {
        return """
                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"%s","diagnostics":"%s"}]}\
                """.formatted(code(status), diagnostics(status));
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "structure";
            case 404 -> "not-found";
            case 405, 501 -> "not-supported";
            case 413, 414, 431 -> "too-long";
            case 503 -> "transient";
            default -> status < 500 ? "processing" : "exception";
        };
    }

    private static String diagnostics(int status) {
        return switch (status) {
            case 400 -> "the request is not HTTP as it should be: an address is ASCII, with all else percent-encoded";
            case 404 -> "there is nothing at this address; the FHIR base is /fhir";
            case 405, 501 -> "the method is not supported here";
            case 413 -> "the request is too large";
            case 414 -> "the address is too long";
            case 431 -> "the headers are too long";
            case 503 -> "the server is not ready; try again";
            default -> "the server answers with status " + status;
        };
    }
}
