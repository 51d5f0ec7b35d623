package org.countyhub.imaging.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.countyhub.imaging.access.Reader;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Who looks at images, by the headers {@code X-Requester} and {@code X-Requester-Organization} that a gateway sets. */
public final class DeclaredReader {
    private static final Pattern REQUESTER = Pattern.compile("Practitioner(?:Role)?/[A-Za-z0-9.-]{1,64}");
    private static final Pattern ORGANIZATION = Pattern.compile("Organization/[A-Za-z0-9.-]{1,64}");

    private DeclaredReader() {}

    /** Empty where neither is said; Problem.Malformed where one is, and not both as they have to be. */
    public static Optional<Reader> of(HttpServletRequest request) {
        List<String> requester = Collections.list(request.getHeaders("X-Requester"));
        List<String> organization = Collections.list(request.getHeaders("X-Requester-Organization"));
        return requester.isEmpty() && organization.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reader(
                        one("X-Requester", requester, REQUESTER, "Practitioner/[id] or PractitionerRole/[id]"),
                        one("X-Requester-Organization", organization, ORGANIZATION, "Organization/[id]")));
    }

    private static String one(String header, List<String> values, Pattern pattern, String what) {
        if (values.size() != 1 || !pattern.matcher(values.getFirst()).matches()) {
            throw Problem.malformed(
                    Fault.at(header, "value", "who looks at images is said by one " + header + ": " + what));
        }
        return values.getFirst();
    }
}
