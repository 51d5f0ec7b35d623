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
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * HAPI's RestfulServer as the frame: it serves the OpenAPI page and HTML. The interactions of the RESTful API
 * are answered by {@link Router} before HAPI takes the request apart, because stored bytes need no model objects on
 * their way out (docs/decisions/0003).
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
        setServerAddressStrategy((context, request) -> api.base(request));
        OpenApiInterceptor openApi = new OfferedOperations(api.operations());
        openApi.setBannerImage("");
        registerInterceptor(openApi);
        registerInterceptor(new ResponseHighlighterInterceptor());
        registerInterceptor(new Pages(api));
        api.awaitPrepared();
    }

    /** A number to find a request by in a log, no secret: HAPI's own comes from a cryptographic generator, at 20 µs. */
    @Override
    protected String newRequestId(int length) {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
    }

    /** Left out: what a server is made of helps those who look for its weak places. */
    @Override
    public void addHeadersToResponse(HttpServletResponse response) {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!METHODS.contains(request.getMethod())) {
            api.refuseMethod(request, response);
        } else if (isForHapi(Addresses.path(request)) || Presentation.wantsHtml(request)) {
            // Of pages that HAPI writes; Servlet's default is ISO-8859-1.
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            super.service(new Unparsed(request), response);
        } else {
            api.answer(request, response);
        }
    }

    /** Whether a path is that of the OpenAPI page or of a part of it. */
    private static boolean isForHapi(String path) {
        return path.startsWith("/swagger-ui") || path.startsWith("/api-docs");
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

    /** HAPI's list of operations, without what it gets wrong about this server. */
    @Interceptor
    public static final class OfferedOperations extends OpenApiInterceptor {
        private final List<Operations.Listed> operations;

        OfferedOperations(List<Operations.Listed> operations) {
            this.operations = operations;
        }

        /** A search by form is a POST (FHIR R4 section 3.1.0.9); and operations that no provider method offers are missing. */
        @Override
        protected OpenAPI generateOpenApi(ServletRequestDetails details) {
            OpenAPI openApi = super.generateOpenApi(details);
            openApi.getPaths().forEach((path, item) -> {
                if (path.endsWith("/_search") && item.getGet() != null) {
                    item.setPost(item.getGet());
                    item.setGet(null);
                }
            });
            operations.forEach(operation -> openApi.path(operation.path(), path(operation)));
            return openApi;
        }

        private static PathItem path(Operations.Listed operation) {
            PathItem item = new PathItem();
            for (String method : operation.methods()) {
                Operation one = new Operation()
                        .summary(operation.name())
                        .description(operation.definition())
                        .addTagsItem(operation.type().isEmpty() ? "System Level Operations" : operation.type())
                        .responses(new ApiResponses().addApiResponse("200", new ApiResponse().description("Success")));
                if (operation.path().contains("{id}")) {
                    one.addParametersItem(
                            new Parameter().name("id").in("path").required(true).schema(new StringSchema()));
                }
                item.operation(PathItem.HttpMethod.valueOf(method), one);
            }
            return item;
        }
    }

    /** Answers what a browser asks for, before HAPI looks for a provider method. */
    @Interceptor
    public static final class Pages {
        private final FhirApi api;

        Pages(FhirApi api) {
            this.api = api;
        }

        /**
         * Answers the request unless it is for a page of HAPI's.
         *
         * @return whether HAPI is to go on with the request
         */
        @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED, order = 100)
        public boolean answer(ServletRequestDetails details, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            if (isForHapi(Addresses.path(request))) {
                return true;
            }
            api.answerAsHtml(details, request, response);
            return false;
        }
    }
}
