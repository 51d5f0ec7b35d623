package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** Which representations a request takes (PS3.18 section 8.3.3.1 and 8.4.1): the parameter {@code accept}, else the header. */
final class Accepted {
    static final String DICOM = "application/dicom";
    static final String DICOM_JSON = "application/dicom+json";
    static final String OCTETS = "application/octet-stream";

    private Accepted() {}

    /** What is preferred first; anything where nothing is said. */
    static List<MediaRange> ranges(HttpServletRequest request) {
        @Nullable String parameter = request.getParameter("accept");
        String said = parameter != null ? parameter : String.join(",", Collections.list(request.getHeaders("Accept")));
        return MediaRange.all(said.isBlank() ? "*/*" : said);
    }

    /** Refuses a request that takes no JSON. */
    static void json(HttpServletRequest request) {
        boolean takes = ranges(request).stream()
                .anyMatch(
                        range -> !range.isMultipart() && (range.takes(DICOM_JSON) || range.takes("application/json")));
        if (!takes) {
            throw refusal("this is given as application/dicom+json only");
        }
    }

    /** Whether the body may be compressed by gzip (RFC 9110 section 12.5.3). */
    static boolean gzip(HttpServletRequest request) {
        boolean all = false;
        for (String header : Collections.list(request.getHeaders("Accept-Encoding"))) {
            for (String coding : header.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = coding.strip().split("\\s*;\\s*q\\s*=\\s*", 2);
                boolean wanted = parts.length == 1 || !parts[1].matches("0(\\.0*)?\\s*");
                if (parts[0].equals("gzip") || parts[0].equals("x-gzip")) {
                    return wanted;
                }
                all |= parts[0].equals("*") && wanted;
            }
        }
        return all;
    }

    static ProblemException refusal(String why) {
        return new Problem.NotAcceptable(List.of(Fault.at("Accept", "not-supported", why))).exception();
    }
}
