package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.countyhub.imaging.access.Ground;
import org.countyhub.imaging.access.KnownDoctors;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.access.Reading;
import org.countyhub.imaging.store.PgReadingStore;
import org.junit.jupiter.api.Test;

/** What doctors are offered in a browser, by what the record says of them. The checks themselves are {@code viewer/test/browser/doctors.mjs}. */
class EntitledDoctorsTest {
    private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();
    private static final Reader DOCTOR = new Reader("Practitioner/1", "Organization/haidu");
    private static final Reader OF_THE_CLINIC = new Reader("Practitioner/3", "Organization/clinic");

    @Test
    void priorsOfOtherHospitalsAreOfferedToDoctorsWhoAreEntitledAndToNobodyElse() throws Exception {
        InBrowser.assumed();
        Clock clock = Clock.fixed(Instant.parse("2025-11-10T08:00:00Z"), ZoneOffset.UTC);
        // Nobody is in anybody's care but by what was examined.
        KnownDoctors record = new KnownDoctors();
        record.doctors.addAll(List.of(DOCTOR, OF_THE_CLINIC));
        try (PagesServer server = new PagesServer(record, clock)) {
            InBrowser.check("doctors.mjs", server.base, PICTURES.toString());
            PgReadingStore readings = new PgReadingStore(server.bridge.db);
            assertThat(readings.of("1.2.3.5", 0, 10))
                    .extracting(Reading::reader, Reading::ground)
                    .containsExactly(tuple(DOCTOR, Ground.CARE));
            assertThat(readings.of("1.2.3.3", 0, 10)).isEmpty();
        }
    }
}
