package org.countyhub.imaging.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * That a request may have what it asks DICOMweb for, because whoever passes it on inside this server has found that out. No client can say so:
 * an attribute of a request never comes from outside.
 */
public final class Admitted {
    private static final String ATTRIBUTE = Admitted.class.getName();

    private Admitted() {}

    /** Says so of a request. */
    public static void set(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, true);
    }

    public static boolean is(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }
}
