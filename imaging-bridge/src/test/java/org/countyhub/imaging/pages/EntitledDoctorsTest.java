package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.countyhub.imaging.access.CareRecord;
import org.countyhub.imaging.access.Ground;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.access.Reading;
import org.countyhub.imaging.store.PgReadingStore;
import org.countyhub.imaging.study.PatientKey;
import org.junit.jupiter.api.Test;

/** What doctors are offered in a browser, by what the record says of them. The checks themselves are {@code viewer/test/browser/doctors.mjs}. */
class EntitledDoctorsTest {
    private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();
    private static final Reader DOCTOR = new Reader("Practitioner/1", "Organization/haidu");
    private static final Reader OF_THE_CLINIC = new Reader("Practitioner/3", "Organization/clinic");

    /** Nobody is in anybody's care but by what was examined. */
    private static final class TwoDoctors implements CareRecord {
        @Override
        public boolean practises(Reader reader) {
            return reader.equals(DOCTOR) || reader.equals(OF_THE_CLINIC);
        }

        @Override
        public boolean inCare(Reader reader, Set<PatientKey> person) {
            return false;
        }
    }

    @Test
    void priorsOfOtherHospitalsAreOfferedToDoctorsWhoAreEntitledAndToNobodyElse() throws Exception {
        InBrowser.assumed();
        Clock clock = Clock.fixed(Instant.parse("2025-11-10T08:00:00Z"), ZoneOffset.UTC);
        try (PagesServer server = new PagesServer(new TwoDoctors(), clock)) {
            InBrowser.check("doctors.mjs", server.base, PICTURES.toString());
            PgReadingStore readings = new PgReadingStore(server.bridge.db);
            assertThat(readings.of("1.2.3.5", 0, 10))
                    .extracting(Reading::reader, Reading::ground)
                    .containsExactly(tuple(DOCTOR, Ground.CARE));
            assertThat(readings.of("1.2.3.3", 0, 10)).isEmpty();
        }
    }
}
