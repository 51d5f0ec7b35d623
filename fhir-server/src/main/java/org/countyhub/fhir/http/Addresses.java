package org.countyhub.fhir.http;

import jakarta.servlet.http.HttpServletRequest;

/** The parts of a request's address. */
final class Addresses {
    private Addresses() {}

    /** The server's FHIR base as the client sees it, without a trailing slash. */
    static String base(HttpServletRequest http) {
        StringBuffer url = http.getRequestURL();
        url.setLength(url.length() - http.getRequestURI().length());
        return url.append(http.getContextPath()).append(http.getServletPath()).toString();
    }

    /** What comes after the base, still percent-encoded. */
    static String path(HttpServletRequest http) {
        String uri = http.getRequestURI();
        String prefix = http.getContextPath() + http.getServletPath();
        if (uri.startsWith(prefix)) {
            return uri.substring(prefix.length());
        }
        // Part of the base came percent-encoded; then what the container has decoded must do.
        return http.getPathInfo() == null ? "" : http.getPathInfo();
    }
}
