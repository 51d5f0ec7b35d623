package org.countyhub.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.bench.dicom.FakeScp;
import org.countyhub.kernel.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoTest {
    private static final int PATIENT_BUNDLES = 3;
    private static final int REPORTS = 200;

    private final FakeHub peer = new FakeHub();
    private final FakeStow stow = new FakeStow();
    private final FakeScp scp = new FakeScp();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        peer.close();
        stow.close();
        scp.close();
    }

    @Test
    void sendsTheDirectoryThePatientsAndEveryReportOnce() throws InterruptedException {
        run(peer.base(), false);

        assertThat(peer.requests).hasValue(1 + PATIENT_BUNDLES + REPORTS);
        assertThat(peer.known).anyMatch(key -> key.startsWith("Organization/nanan-city-hospital"));
        assertThat(output()).contains("5 hospitals, 60 people, 200 reports", " already there");
    }

    @Test
    void addsNothingTheSecondTime() throws InterruptedException {
        run(peer.base(), false);
        Set<String> first = new HashSet<>(peer.known);
        printed.reset();

        run(peer.base(), false);

        assertThat(peer.known).isEqualTo(first);
        assertThat(output()).contains(" 0 new,");
    }

    @Test
    void printsPlainLinesWithoutATerminal() throws InterruptedException {
        run(peer.base(), false);

        assertThat(output()).doesNotContain("\r").contains("100 of 200 reports", "200 of 200 reports");
    }

    @Test
    void redrawsOneLineOnATerminal() throws InterruptedException {
        run(peer.base(), true);

        assertThat(output()).contains("\r[##############################] 200 of 200 reports");
    }

    @Test
    void endsWithThreeCommandsToPaste() throws InterruptedException {
        run(peer.base(), false);

        assertThat(output().lines().filter(line -> line.startsWith("curl -s '" + peer.base())))
                .hasSize(3)
                .noneMatch(line -> line.contains("|"))
                .anyMatch(line -> line.contains("2.16.840.1.113883.2.23.1.19.2%7CD"))
                .anyMatch(line -> line.matches(".*2\\.16\\.156\\.10011\\.1\\.19%7C[0-9A-F]{64}&.*"))
                .anyMatch(line -> line.contains("code=http://loinc.org%7C14682-9"));
    }

    @Test
    void stopsAtTheFirstRefusalAndShowsTheOutcome() {
        peer.refuseFrom = 20;

        assertThatThrownBy(() -> run(peer.base(), false))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("answered 422")
                .hasMessageContaining("OperationOutcome");
        assertThat(peer.requests.get()).isLessThan(20 + 4);
    }

    @Test
    void waitsForABusyHub() throws InterruptedException {
        peer.busyUntil = 3;

        run(peer.base(), false);

        assertThat(peer.requests).hasValue(3 + 1 + PATIENT_BUNDLES + REPORTS);
    }

    @Test
    void givesUpOnAHubThatStaysBusy() {
        peer.busyUntil = Integer.MAX_VALUE;

        assertThatThrownBy(() -> run(peer.base(), false))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("too busy");
    }

    @Test
    void saysHowToStartAHubThatIsNotRunning() {
        URI base = peer.base();
        peer.close();

        assertThatThrownBy(() -> run(base, false))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("./hub run");
    }

    @Test
    void sendsStudiesToAnImagingBridge() throws InterruptedException {
        run(peer.base(), false);

        assertThat(scp.callers).isNotEmpty().allMatch(caller -> caller.startsWith("DEMO_"));
        assertThat(scp.datasets).hasSizeGreaterThanOrEqualTo(40);
        assertThat(stow.posted).isNotEmpty().allMatch(post -> post.matches("DEMO_[A-Z]{2} 1"));
        assertThat(output())
                .containsPattern(
                        "CT of the head of patient \\S+ at \\S+: 40 instances by C-STORE as DEMO_[A-Z]{2}, stored")
                .contains("http://127.0.0.1:" + stow.port() + "/dicomweb/studies?PatientID=")
                .contains("/rendered");
    }

    @Test
    void saysWhereTheElectrocardiogramIsDrawn() throws InterruptedException {
        run(peer.base(), false);

        String root = "http://127\\.0\\.0\\.1:" + stow.port();
        assertThat(output())
                .containsPattern("# The 12-lead ECG in the index, drawn in real millimetres.*\\R"
                        + "curl -s '" + root + "/dicomweb/studies\\?PatientID=\\S+'\\R"
                        + root + "/dicomweb/studies/[0-9.]+/series/[0-9.]+/instances/[0-9.]+/rendered\\R"
                        + root + "/view/ecg\\?study=[0-9.]+&series=[0-9.]+&instance=[0-9.]+\\R");
    }

    @Test
    void saysWhereOhifListsTheStudies() throws InterruptedException {
        run(peer.base(), false);

        assertThat(output().lines()).contains("http://127.0.0.1:" + stow.port() + "/view/ohif");
    }

    @Test
    void saysWhatIsKeptApart() throws InterruptedException {
        scp.status = 0xB000;
        stow.status = 202;

        run(peer.base(), false);

        assertThat(output()).containsPattern("C-STORE as \\S+, kept apart").containsPattern("STOW-RS, kept apart");
    }

    @Test
    void saysWhatAnImagingBridgeDoesNotTake() {
        scp.rejecting = true;

        assertThatThrownBy(() -> run(peer.base(), false))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("does not take the CT of the head")
                .hasMessageContaining("HUB_IMAGING_PEERS=docs/examples/demo-peers.json");
    }

    @Test
    void goesOnWithoutAnImagingBridge() throws InterruptedException {
        stow.close();

        run(peer.base(), false);

        assertThat(output()).contains("No imaging bridge answers at http://127.0.0.1:" + stow.port() + "/dicomweb");
        assertThat(scp.callers).isEmpty();
    }

    private void run(URI base, boolean terminal) throws InterruptedException {
        DemoArguments arguments = DemoArguments.parse(
                List.of(base.toString(), "--patients", "60", "--reports", "" + REPORTS),
                new Settings(Map.of("HUB_IMAGING_PORT", "" + stow.port(), "HUB_DICOM_PORT", "" + scp.port())));
        try (Hub hub = new Hub(arguments.base(), Duration.ofMillis(1))) {
            new Demo(arguments, hub, new PrintStream(printed, true, StandardCharsets.UTF_8), terminal).run();
        }
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
