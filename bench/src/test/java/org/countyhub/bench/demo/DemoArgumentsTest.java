package org.countyhub.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.countyhub.kernel.Settings;
import org.junit.jupiter.api.Test;

class DemoArgumentsTest {
    private static final ImagingHub IMAGING = new ImagingHub(URI.create("http://127.0.0.1:8081/dicomweb"), 11_112);

    @Test
    void defaultsToTheHubOnThisMachine() {
        assertThat(parse(Map.of()))
                .isEqualTo(new DemoArguments(
                        URI.create("http://127.0.0.1:8080/fhir"), IMAGING, 500, 5_000, 1, LocalDate.of(2026, 1, 1)));
    }

    @Test
    void takesThePortFromTheEnvironmentAndTheBaseFromTheArguments() {
        assertThat(parse(Map.of("HUB_HTTP_PORT", "9090")).base()).hasPort(9090);
        assertThat(parse(Map.of("HUB_HTTP_PORT", "9090"), "https://hub.example/fhir/")
                        .base())
                .isEqualTo(URI.create("https://hub.example/fhir"));
    }

    @Test
    void looksForTheImagingBridgeOnTheSameHost() {
        DemoArguments arguments =
                parse(Map.of("HUB_IMAGING_PORT", "9081", "HUB_DICOM_PORT", "104"), "https://hub.example/fhir");

        assertThat(arguments.imaging()).isEqualTo(new ImagingHub(URI.create("http://hub.example:9081/dicomweb"), 104));
    }

    @Test
    void takesTheScale() {
        assertThat(parse(Map.of(), "--patients", "20", "--reports", "0", "--seed", "-4", "--today", "2025-06-01"))
                .isEqualTo(new DemoArguments(
                        URI.create("http://127.0.0.1:8080/fhir"), IMAGING, 20, 0, -4, LocalDate.of(2025, 6, 1)));
    }

    @Test
    void refusesWhatItDoesNotUnderstandAndShowsTheUsage() {
        List<String[]> wrong = List.of(
                new String[] {"--patients"},
                new String[] {"--patients", "0"},
                new String[] {"--reports", "many"},
                new String[] {"--today", "tomorrow"},
                new String[] {"--speed", "9"},
                new String[] {"ftp://hub/fhir"},
                new String[] {"not a url"});

        assertThat(wrong).allSatisfy(arguments -> assertThatThrownBy(() -> parse(Map.of(), arguments))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("usage:"));
    }

    private static DemoArguments parse(Map<String, String> environment, String... arguments) {
        return DemoArguments.parse(List.of(arguments), new Settings(environment));
    }
}
