package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.study.StoreOutcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The viewer in a browser: what is seen, compared with what is stored. The checks themselves are {@code viewer/test/browser/run.mjs}, {@code forms.mjs} and
 * {@code cine.mjs}.
 */
class ViewerTest {
    @BeforeAll
    static void browser() {
        InBrowser.assumed();
    }

    @Test
    void showsWhatIsStoredAndDoesWhatTheReaderWants() throws Exception {
        try (PagesServer server = new PagesServer()) {
            for (String sample : List.of("CT1_UNC.dcm", "CT1_JPLL.dcm", "CT1_J2KR.dcm", "US1_RLE.dcm")) {
                assertThat(server.bridge.store(Bridge.HAIDU, Samples.file(sample)))
                        .isInstanceOf(StoreOutcome.Added.class);
            }
            InBrowser.check("run.mjs", server.base, Samples.file("").toString());
        }
    }

    @Test
    void showsPixelsInEveryForm() throws Exception {
        try (PagesServer server = new PagesServer()) {
            InBrowser.check("forms.mjs", server.base);
        }
    }

    @Test
    void playsFilmsAtTheirRate() throws Exception {
        try (PagesServer server = new PagesServer()) {
            InBrowser.check("cine.mjs", server.base);
        }
    }
}
