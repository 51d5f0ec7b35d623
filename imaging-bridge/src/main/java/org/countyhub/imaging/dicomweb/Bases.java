package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.http.DicomWebBase;
import org.jspecify.annotations.Nullable;

/**
 * The addresses under which clients know {@code /dicomweb}; the first is the usual one. No header makes the server name any other, so that no one can
 * have links point elsewhere.
 */
final class Bases {
    static final String PATH = "/dicomweb";

    private final List<String> bases;

    Bases(List<String> bases) {
        if (bases.isEmpty()
                || !bases.stream().allMatch(base -> base.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?/dicomweb"))) {
            throw new IllegalArgumentException("addresses that end with /dicomweb are needed, not " + bases);
        }
        this.bases = List.copyOf(bases);
    }

    /** That of the gate that let the request through, else the one that the gateway names, else the one that the request names, else the usual one. */
    String of(HttpServletRequest request) {
        String gate = DicomWebBase.of(request);
        if (gate != null) {
            return gate;
        }
        String host = request.getHeader("Host");
        return known(
                        first(request.getHeader("X-Forwarded-Proto")),
                        first(request.getHeader("X-Forwarded-Host")),
                        first(request.getHeader("X-Forwarded-Prefix")))
                .or(() -> known(request.getScheme(), host, null))
                .orElse(bases.getFirst());
    }

    private Optional<String> known(@Nullable String scheme, @Nullable String host, @Nullable String prefix) {
        String base = scheme + "://" + host + (prefix == null ? "" : prefix.replaceFirst("/+$", "")) + PATH;
        return bases.stream().filter(base::equalsIgnoreCase).findFirst();
    }

    private static @Nullable String first(@Nullable String header) {
        return header == null ? null : header.split(",", 2)[0].strip();
    }

    /** What a study, series or instance is retrieved by. */
    static String study(String base, String study) {
        return base + "/studies/" + study;
    }

    static String series(String base, String study, String series) {
        return study(base, study) + "/series/" + series;
    }

    static String instance(String base, String study, String series, String instance) {
        return series(base, study, series) + "/instances/" + instance;
    }
}
