package org.countyhub.fhir.http;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.openapi.OpenApiInterceptor;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.ResponseHighlighterInterceptor;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPInputStream;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * HAPI's RestfulServer as the frame: it takes requests apart, runs interceptors, serves operations, the OpenAPI page and
 * HTML. The interactions of the RESTful API are answered by {@link Router} as soon as the request is taken apart,
 * because stored bytes need no model objects on their way out (docs/decisions/0003).
 */
public final class FhirServlet extends RestfulServer {
    private static final long serialVersionUID = 1L;

    private final transient FhirApi api;

    public FhirServlet(FhirContext context, FhirApi api) {
        super(context);
        this.api = api;
    }

    @Override
    protected void initialize() {
        setServerConformanceProvider(new ModelCapabilities(getFhirContext(), api));
        registerInterceptor(new OpenApiInterceptor());
        registerInterceptor(new ResponseHighlighterInterceptor());
        registerInterceptor(new Interactions(api));
    }

    /** A number to find a request by in a log, no secret: HAPI's own comes from a cryptographic generator, at 20 µs. */
    @Override
    protected String newRequestId(int length) {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
    }

    /** Answers the interactions of the RESTful API before HAPI looks for a provider method. */
    @Interceptor
    public static final class Interactions {
        private final FhirApi api;

        Interactions(FhirApi api) {
            this.api = api;
        }

        /**
         * Answers the request unless it is for an operation or a page of HAPI's.
         *
         * @return whether HAPI is to go on with the request
         */
        @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED, order = 100)
        public boolean answer(ServletRequestDetails details, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            String path = details.getRequestPath();
            if (path.startsWith("$")
                    || path.contains("/$")
                    || path.startsWith("swagger-ui")
                    || path.startsWith("api-docs")) {
                return true;
            }
            api.answer(details, request, response);
            return false;
        }
    }

    /** Body of a request, decompressed, within the bounds of the budget. */
    static BodyBudget.Lease body(BodyBudget budget, HttpServletRequest request) throws IOException {
        String encoding = request.getHeader("Content-Encoding");
        InputStream in = request.getInputStream();
        if (encoding == null || encoding.equals("identity")) {
            return budget.read(in, request.getContentLengthLong());
        }
        if (!encoding.equals("gzip")) {
            throw new Problem.UnsupportedMedia(java.util.List.of(Fault.at(
                            "Content-Encoding", "not-supported", "bodies may be sent as they are or with gzip")))
                    .exception();
        }
        try {
            return budget.read(new GZIPInputStream(in), -1);
        } catch (java.util.zip.ZipException e) {
            throw Problem.malformed(Fault.at("Content-Encoding", "value", "the body is not gzip"));
        }
    }
}
