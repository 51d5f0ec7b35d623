package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.study.StoreOutcome;
import org.junit.jupiter.api.Test;

/** OHIF in a browser: what it shows of what is stored. The checks themselves are {@code viewer/test/browser/ohif.mjs}. */
class OhifPageTest {
    private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();

    @Test
    void showsWhatIsStoredAndAsksNobodyElse() throws Exception {
        InBrowser.assumed();
        try (PagesServer server = new PagesServer()) {
            for (String sample : List.of("CT1_UNC.dcm", "CT1_JPLL.dcm", "CT1_J2KR.dcm")) {
                assertThat(server.bridge.store(Bridge.HAIDU, Samples.file(sample)))
                        .isInstanceOf(StoreOutcome.Added.class);
            }
            InBrowser.check("ohif.mjs", server.base, Samples.file("").toString(), PICTURES.toString());
        }
    }
}
