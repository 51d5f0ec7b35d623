package org.countyhub.imaging.filmweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request some of whose parameters are set by the server, whatever the client has sent under their names. */
final class RestrictedRequest extends HttpServletRequestWrapper {
    private final Map<String, String[]> parameters;

    RestrictedRequest(HttpServletRequest request, Map<String, String[]> set) {
        super(request);
        parameters = new HashMap<>(request.getParameterMap());
        parameters.putAll(set);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = parameters.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parameters.get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }
}
