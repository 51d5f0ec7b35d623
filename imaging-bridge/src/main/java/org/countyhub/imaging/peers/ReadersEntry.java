package org.countyhub.imaging.peers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The readers of the file. */
record ReadersEntry(
        @Nullable List<String> gateways,
        @Nullable List<String> roles,
        @Nullable Integer careDays,
        @Nullable List<String> county) {
    private static final List<String> THIS_MACHINE = List.of("127.0.0.0/8", "::1");
    private static final int DEFAULT_CARE_DAYS = 30;
    private static final int MOST_CARE_DAYS = 366;

    Readers checked(Place place) {
        return new Readers(
                place.at(".gateways").addresses(gateways == null ? THIS_MACHINE : gateways),
                place.at(".roles")
                        .matching(
                                roles == null ? List.of(Readers.DOCTOR) : roles,
                                "[A-Za-z][A-Za-z0-9+.-]*:[^\\s|]+\\|[^\\s|]+",
                                "[system]|[code]"),
                place.at(".careDays").number(careDays == null ? DEFAULT_CARE_DAYS : careDays, 0, MOST_CARE_DAYS),
                place.at(".county")
                        .matching(county == null ? List.of() : county, PeersFile.ORGANIZATION, "Organization/[id]"));
    }
}
