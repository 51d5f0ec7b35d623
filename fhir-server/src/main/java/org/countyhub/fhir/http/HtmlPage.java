package org.countyhub.fhir.http;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.HookParams;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import com.google.common.collect.ObjectArrays;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Replies as people see them in a browser: HAPI's ResponseHighlighterInterceptor shows the resource as a page. */
final class HtmlPage {
    private static final Set<String> HTML = Set.of("html", "text/html");
    private static final String[] SHOWN = {"html/json"};

    private final FhirContext context;
    private final ReplyWriter replies;

    HtmlPage(FhirContext context, ReplyWriter replies) {
        this.context = context;
        this.replies = replies;
    }

    /** Sends the page, unless the interceptor finds that none is wanted; then nothing but headers is set. */
    boolean show(
            ServletRequestDetails details,
            HttpServletRequest http,
            HttpServletResponse response,
            Reply reply,
            List<Map.Entry<String, String>> parameters) {
        replies.headers(http, response, reply);
        Map<String, String[]> named = byName(parameters);
        // Otherwise it goes by the Accept header, and browsers name XML there.
        named.merge("_format", SHOWN, (sent, json) -> HTML.contains(sent[0]) ? json : sent);
        details.setParameters(named);
        String json = new String(reply.json(), StandardCharsets.UTF_8);
        ResponseDetails shown = new ResponseDetails(context.newJsonParser().parseResource(json));
        shown.setResponseCode(reply.status());
        HookParams params = new HookParams()
                .add(RequestDetails.class, details)
                .add(ServletRequestDetails.class, details)
                .add(IBaseResource.class, shown.getResponseResource())
                .add(ResponseDetails.class, shown)
                .add(HttpServletRequest.class, http)
                .add(HttpServletResponse.class, response);
        return !details.getInterceptorBroadcaster().callHooks(Pointcut.SERVER_OUTGOING_RESPONSE, params);
    }

    private static Map<String, String[]> byName(List<Map.Entry<String, String>> parameters) {
        Map<String, String[]> byName = new LinkedHashMap<>();
        parameters.forEach(parameter -> byName.merge(
                parameter.getKey(), new String[] {parameter.getValue()}, (a, b) -> ObjectArrays.concat(a, b[0])));
        return byName;
    }
}
