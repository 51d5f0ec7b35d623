package org.countyhub.fhir.http;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.openapi.OpenApiInterceptor;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.ResponseHighlighterInterceptor;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * HAPI's RestfulServer as the frame: it takes requests apart, runs interceptors, serves operations, the OpenAPI page and
 * HTML. The interactions of the RESTful API are answered by {@link Router} as soon as the request is taken apart,
 * because stored bytes need no model objects on their way out (docs/decisions/0003).
 */
public final class FhirServlet extends RestfulServer {
    private static final long serialVersionUID = 1L;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final transient FhirApi api;

    public FhirServlet(FhirContext context, FhirApi api) {
        super(context);
        this.api = api;
    }

    @Override
    protected void initialize() {
        setIgnoreServerParsedRequestParameters(false);
        setServerConformanceProvider(new ModelCapabilities(getFhirContext(), api));
        OpenApiInterceptor openApi = new OpenApiInterceptor();
        openApi.setBannerImage("");
        registerInterceptor(openApi);
        registerInterceptor(new ResponseHighlighterInterceptor());
        registerInterceptor(new Interactions(api));
    }

    /** A number to find a request by in a log, no secret: HAPI's own comes from a cryptographic generator, at 20 µs. */
    @Override
    protected String newRequestId(int length) {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (METHODS.contains(request.getMethod())) {
            super.service(new Unparsed(request), response);
        } else {
            api.refuseMethod(request, response);
        }
    }

    /**
     * Keeps the container from parsing parameters: it would leave out those that are not encoded well, and read forms
     * of any size. {@link RequestReader} does both.
     */
    private static final class Unparsed extends HttpServletRequestWrapper {
        Unparsed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            try {
                return UrlUtil.parseQueryString(getQueryString());
            } catch (IllegalArgumentException e) {
                return Map.of();
            }
        }
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
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return budget.read(in, request.getContentLengthLong());
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new Problem.UnsupportedMedia(java.util.List.of(Fault.at(
                            "Content-Encoding", "not-supported", "bodies may be sent as they are or with gzip")))
                    .exception();
        }
        try {
            return budget.read(new GZIPInputStream(in), -1);
        } catch (ZipException | EOFException e) {
            throw Problem.malformed(Fault.at("Content-Encoding", "value", "the body is not gzip"));
        }
    }
}
