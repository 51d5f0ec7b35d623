package org.countyhub.imaging.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Under which address DICOMweb is asked, where that is another than its own because the request was let through by a gate. */
public final class DicomWebBase {
    private static final String ATTRIBUTE = DicomWebBase.class.getName();

    private DicomWebBase() {}

    /** Has answers to this request name that address. */
    public static void set(HttpServletRequest request, String base) {
        request.setAttribute(ATTRIBUTE, base);
    }

    /** The address of that gate; null where there was none. */
    public static @Nullable String of(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }
}
