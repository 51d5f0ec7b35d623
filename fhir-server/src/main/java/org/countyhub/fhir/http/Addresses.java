package org.countyhub.fhir.http;

import jakarta.servlet.http.HttpServletRequest;

/** The parts of a request's address. */
final class Addresses {
    private Addresses() {}

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
