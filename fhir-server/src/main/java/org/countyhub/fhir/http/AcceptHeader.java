package org.countyhub.fhir.http;

import ca.uhn.fhir.rest.api.EncodingEnum;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an Accept header asks for (RFC 9110 section 12.5.1), of the two formats that there are. */
final class AcceptHeader {
    private static final Set<String> FHIR =
            Set.of("application/fhir+json", "application/fhir+xml", "application/json+fhir", "application/xml+fhir");

    private AcceptHeader() {}

    /** The format of the highest weight, JSON before XML; null when the header asks for neither, in this version. */
    static @Nullable EncodingEnum best(@Nullable String header) {
        EncodingEnum best = null;
        double bestWeight = 0;
        for (String range : (header == null ? "*/*" : header).split(",", -1)) {
            MediaType type = MediaType.parse(range);
            EncodingEnum encoding = type.ofR4() ? encoding(type.name()) : null;
            double weight = type.weight();
            if (encoding != null
                    && (weight > bestWeight || (weight == bestWeight && weight > 0 && encoding == EncodingEnum.JSON))) {
                best = encoding;
                bestWeight = weight;
            }
        }
        return best;
    }

    /** Whether the header names a format of FHIR and prefers nothing to it; a range such as {@code *}{@code /*} names none. */
    static boolean namesFhir(@Nullable String header) {
        double fhir = 0;
        double other = 0;
        for (String range : (header == null ? "*/*" : header).split(",", -1)) {
            MediaType type = MediaType.parse(range);
            if (FHIR.contains(type.name())) {
                fhir = Math.max(fhir, type.weight());
            } else {
                other = Math.max(other, type.weight());
            }
        }
        return fhir > 0 && fhir >= other;
    }

    private static @Nullable EncodingEnum encoding(String mediaType) {
        return switch (mediaType) {
            case "*/*", "application/*" -> EncodingEnum.JSON;
            default -> {
                EncodingEnum encoding = EncodingEnum.forContentType(mediaType);
                yield encoding == EncodingEnum.JSON || encoding == EncodingEnum.XML ? encoding : null;
            }
        };
    }
}
