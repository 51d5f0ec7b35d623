package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import org.countyhub.imaging.peers.Permission;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Stands before all that gives something out below {@code /dicomweb}: whatever is no search names the study that it is about, or gives nothing. */
final class ReaderGate implements HandlerInterceptor {
    private static final Set<String> GIVING = Set.of("GET", "HEAD");

    private final Asking asking;

    ReaderGate(Asking asking) {
        this.asking = asking;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (GIVING.contains(request.getMethod())
                && handler instanceof HandlerMethod method
                && method.getBeanType() != CapabilitiesEndpoint.class) {
            check(request, method.getBeanType());
        }
        return true;
    }

    private void check(HttpServletRequest request, Class<?> endpoint) {
        boolean search = endpoint == SearchEndpoint.class;
        String study = study(request, endpoint);
        if (endpoint == WadoUriEndpoint.class && study.isEmpty()) {
            return; // it says itself what is missing
        }
        if (!search || !study.isEmpty()) {
            Instances.checked("study", study);
        }
        asking.checkLooking(request, search ? Permission.QUERY : Permission.RETRIEVE, study);
    }

    private static String study(HttpServletRequest request, Class<?> endpoint) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Object named = endpoint == WadoUriEndpoint.class
                ? request.getParameter("studyUID")
                : variables instanceof Map<?, ?> path ? path.get("study") : null;
        return named == null ? "" : named.toString();
    }
}
