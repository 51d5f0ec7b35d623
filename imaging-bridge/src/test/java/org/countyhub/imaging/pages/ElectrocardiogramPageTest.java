package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The page of electrocardiograms is there with all files that it is made of, under the policy of pages. */
class ElectrocardiogramPageTest {
    @Test
    void itsFilesAreThere() throws IOException {
        ViewerEndpoint endpoint = new ViewerEndpoint(StaticFiles.read());
        MockHttpServletResponse page = new MockHttpServletResponse();
        endpoint.electrocardiogram(new MockHttpServletRequest(), page);
        assertThat(page.getHeader("Content-Security-Policy")).contains("style-src 'self'");
        assertThat(page.getContentAsString())
                .contains("心电图")
                .doesNotContain("<style")
                .doesNotContain("style=");
        Matcher assets = Pattern.compile("/view/assets/([A-Za-z0-9_.-]+)").matcher(page.getContentAsString());
        int count = 0;
        while (assets.find()) {
            MockHttpServletResponse asset = new MockHttpServletResponse();
            endpoint.asset(assets.group(1), new MockHttpServletRequest(), asset);
            assertThat(asset.getStatus()).as(assets.group(1)).isEqualTo(200);
            assertThat(asset.getContentAsByteArray()).isNotEmpty();
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(2);
    }
}
