package org.countyhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher {@code ./hub}, on a tree like the project's, with a Maven and a JDK that only write down how they are
 * called. Nothing is on its PATH but these and what it may count on.
 */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "dirname",
            "find",
            "flock",
            "mktemp",
            "readlink",
            "rm",
            "sed",
            "shuf",
            "sleep",
            "timeout",
            "touch");

    private Path scratch;
    private Path tree;
    private Path tools;
    private Path jvm;
    private Path jdk;

    /** What Maven and java were called with, one line each. */
    private Path calls;

    @BeforeEach
    void copy(@TempDir Path directory) throws IOException {
        scratch = directory;
        tree = Files.createDirectories(scratch.resolve("tree"));
        jvm = Files.createDirectories(scratch.resolve("jvm"));
        calls = scratch.resolve("calls");
        tools = Files.createDirectories(scratch.resolve("tools"));
        for (String tool : TOOLS) {
            script(tools.resolve(tool), "#!/bin/sh\nexec " + where(tool) + " \"$@\"\n");
        }
        script(tree.resolve("hub"), Files.readString(Path.of("../hub")).replace("/usr/lib/jvm", jvm.toString()));
        for (String file : List.of(
                "pom.xml",
                "kernel/pom.xml",
                "kernel/src/main/Shared.java",
                "fhir-server/pom.xml",
                "fhir-server/src/main/Server.java",
                "imaging-bridge/pom.xml",
                "imaging-bridge/src/main/Bridge.java",
                "bench/pom.xml",
                "bench/src/main/Bench.java")) {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.writeString(tree.resolve(file), "");
        }
        jdk = jdk("jdk-25", "25.0.1");
        script(tools.resolve("mvn"), """
                #!/bin/bash
                echo "mvn $*" >>'%s'
                """.formatted(calls));
        script(tools.resolve("npm"), "#!/bin/sh\n");
        for (String module : List.of("fhir-server", "imaging-bridge", "bench")) {
            Files.createDirectories(tree.resolve(module + "/target"));
        }
    }

    private static Path where(String tool) {
        for (String directory : List.of("/usr/bin", "/bin")) {
            if (Files.exists(Path.of(directory, tool))) {
                return Path.of(directory, tool);
            }
        }
        throw new AssertionError("this machine has no " + tool);
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A directory that looks like a JDK; its java writes down its arguments and switches. */
    private Path jdk(String name, String version) throws IOException {
        Path home = jvm.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        script(home.resolve("bin/javac"), "#!/bin/bash\n");
        script(home.resolve("bin/java"), """
                #!/bin/bash
                echo "java port=${HUB_HTTP_PORT:-} data=${HUB_DATA_DIR:-} $*" >>'%s'
                """.formatted(calls));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private record Ended(int status, String out, String err) {}

    private Ended hub(String... arguments) throws IOException, InterruptedException {
        return hub(Map.of(), tree, arguments);
    }

    private Ended hub(Map<String, String> environment, Path from, String... arguments)
            throws IOException, InterruptedException {
        int status = start(environment, from, arguments).waitFor();
        return new Ended(status, Files.readString(scratch.resolve("out")), Files.readString(scratch.resolve("err")));
    }

    private Process start(Map<String, String> environment, Path from, String... arguments) throws IOException {
        List<String> command =
                new java.util.ArrayList<>(List.of(tree.resolve("hub").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(from.toFile())
                .redirectOutput(scratch.resolve("out").toFile())
                .redirectError(scratch.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String calls() throws IOException {
        return Files.exists(calls) ? Files.readString(calls) : "";
    }

    /** As after a build and its training, a minute from now. */
    private void built() throws IOException {
        Instant now = Instant.now();
        for (String stamp : List.of(
                "fhir-server/target/.built",
                "imaging-bridge/target/.built",
                "bench/target/.built",
                "fhir-server/target/fhir-server.aot")) {
            Files.writeString(tree.resolve(stamp), "");
            Files.setLastModifiedTime(tree.resolve(stamp), FileTime.from(now.plusSeconds(60)));
        }
        // A cache is newer than the build that it is of.
        Files.setLastModifiedTime(
                tree.resolve("fhir-server/target/fhir-server.aot"), FileTime.from(now.plusSeconds(61)));
    }

    private void edit(String file) throws IOException {
        Files.setLastModifiedTime(
                tree.resolve(file), FileTime.from(Instant.now().plusSeconds(120)));
    }

    @Test
    void helpSaysWhatThereIs() throws Exception {
        for (String word : List.of("help", "--help", "-h")) {
            Ended help = hub(word);

            assertThat(help.status()).isZero();
            assertThat(help.out())
                    .contains("usage: ./hub <command>", "run ", "test ", "demo ", "bench ", "fuzz ", "jdk ");
        }
        assertThat(hub().out()).startsWith("usage: ./hub");
        assertThat(calls()).isEmpty();
    }

    @Test
    void aCommandThatThereIsNotEndsWithStatus2() throws Exception {
        Ended unknown = hub("dance");

        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("usage: ./hub <command>");
        assertThat(unknown.out()).isEmpty();
    }

    @Test
    void theProjectsOwnLauncherFindsAJdk() throws Exception {
        Process process = new ProcessBuilder("../hub", "jdk").start();
        String home =
                new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();

        assertThat(process.waitFor()).isZero();
        assertThat(Path.of(home, "bin", "javac")).isExecutable();
        assertThat(Files.readString(Path.of(home, "release"))).containsPattern("JAVA_VERSION=\"(2[5-9]|[3-9][0-9])");
    }

    @Test
    void theNewestJdkInstalledIsTaken() throws Exception {
        jdk("jdk-21", "21.0.8");
        Path newer = jdk("jdk-26", "26");

        assertThat(hub("jdk").out().strip()).isEqualTo(newer.toString());
    }

    @Test
    void javaHomeWinsIfItWillDo() throws Exception {
        Path old = jdk("jdk-21", "21.0.8");
        jdk("jdk-26", "26");

        assertThat(hub(Map.of("JAVA_HOME", jdk.toString()), tree, "jdk").out().strip())
                .isEqualTo(jdk.toString());
        assertThat(hub(Map.of("JAVA_HOME", old.toString()), tree, "jdk").out()).contains("jdk-26");
    }

    @Test
    void aJdkOnThePathIsTakenWhenNoneIsInstalled() throws Exception {
        Path elsewhere = scratch.resolve("elsewhere");
        Files.move(jdk, elsewhere);
        Files.createSymbolicLink(tools.resolve("java"), elsewhere.resolve("bin/java"));

        assertThat(hub("jdk").out().strip()).isEqualTo(elsewhere.toRealPath().toString());
    }

    @Test
    void withoutAJdkItSaysWhereItLookedAndWhatToInstall() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21.0.8\"\n");

        for (String command : List.of("jdk", "run", "test", "demo", "bench", "fuzz")) {
            Ended ended = hub(command);
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.err()).contains("hub: no JDK 25 or newer", "JAVA_HOME", "PATH", "openjdk-25-jdk");
        }
        assertThat(calls()).isEmpty();
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        Files.delete(tools.resolve("mvn"));

        Ended ended = hub("run", "fhir");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("no mvn on the PATH", "apt-get install maven");
    }

    @Test
    void runBuildsWhatIsStaleAndStartsTheServer() throws Exception {
        built();
        Files.delete(tree.resolve("fhir-server/target/.built"));

        Ended ended = hub("run", "fhir");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(calls()).containsPattern("mvn .*-DskipTests .*-pl fhir-server -am package\n");
        assertThat(calls().lines().toList().getLast())
                .startsWith("java ")
                .contains("-Xmx700m", "-jar fhir-server/target/fhir-server.jar");
        assertThat(tree.resolve("fhir-server/target/.built")).exists();
    }

    @Test
    void whatIsBuiltIsNotBuiltAgain() throws Exception {
        built();

        Ended ended = hub("run", "fhir");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(calls())
                .doesNotContain("mvn")
                .contains("-XX:AOTCache=fhir-server/target/fhir-server.aot -jar fhir-server/target/fhir-server.jar");
    }

    @Test
    void aChangeToTheServerTheKernelOrThePomMakesItStale() throws Exception {
        for (String edited : List.of("fhir-server/src/main/Server.java", "kernel/src/main/Shared.java", "pom.xml")) {
            built();
            edit(edited);
            hub("run", "fhir");
            assertThat(calls()).as(edited).contains("-pl fhir-server -am package");
            Files.delete(calls);
            Files.setLastModifiedTime(tree.resolve(edited), FileTime.from(Instant.now()));
        }
    }

    @Test
    void aChangeToTheBenchLeavesTheServerAlone() throws Exception {
        built();
        edit("bench/src/main/Bench.java");

        hub("run", "fhir");

        assertThat(calls()).doesNotContain("mvn");
    }

    @Test
    void aBuildThatFailsStartsNothingAndIsTriedAgain() throws Exception {
        script(tools.resolve("mvn"), "#!/bin/bash\necho \"mvn $*\" >>'" + calls + "'\nexit 1\n");

        Ended ended = hub("run", "fhir");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("the build failed");
        assertThat(calls()).doesNotContain("java ");
        assertThat(tree.resolve("fhir-server/target/.built")).doesNotExist();
    }

    @Test
    void aServerThatCannotBeRunInStartsAllTheSame() throws Exception {
        built();
        Files.delete(tree.resolve("fhir-server/target/fhir-server.aot"));

        Ended ended = hub("run", "fhir");

        assertThat(ended.status()).isZero();
        assertThat(ended.err()).contains("preparing a fast start", "no fast start this time");
        assertThat(calls()).contains("-XX:AOTCacheOutput=fhir-server/target/fhir-server.aot");
        assertThat(calls().lines().toList().getLast()).endsWith("-jar fhir-server/target/fhir-server.jar");
    }

    @Test
    void portAndDataDirectoryReachTheServer() throws Exception {
        built();
        Path from = Files.createDirectories(scratch.resolve("from"));

        hub(Map.of("HUB_HTTP_PORT", "18080", "HUB_DATA_DIR", "mine"), from, "run", "fhir");
        hub(Map.of("HUB_DATA_DIR", "/srv/hub"), from, "run", "fhir");
        hub(Map.of(), from, "run", "fhir");

        List<String> lines = calls().lines().toList();
        assertThat(lines.get(0)).startsWith("java port=18080 data=" + from + "/mine ");
        assertThat(lines.get(1)).startsWith("java port= data=/srv/hub ");
        assertThat(lines.get(2)).startsWith("java port= data=" + tree + "/data ");
    }

    @Test
    void heapAndCollectorCanBeReplaced() throws Exception {
        built();

        hub(Map.of("HUB_JAVA_OPTS", "-Xmx2g -XX:+UseZGC"), tree, "run", "fhir");

        assertThat(calls()).contains(" -Xmx2g -XX:+UseZGC ").doesNotContain("-Xmx700m");
    }

    @Test
    void theServersAreCalledFhirAndImaging() throws Exception {
        Ended ended = hub("run", "x-ray");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("there is no 'x-ray' to run; the servers are called fhir and imaging");
        assertThat(hub("run", "fhir", "imaging").err()).contains("run one server");
    }

    @Test
    void imagingRunsAloneWithAHeapOfItsOwn() throws Exception {
        built();

        Ended ended = hub("run", "imaging");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(calls())
                .contains("-Xmx256m", "-jar imaging-bridge/target/imaging-bridge.jar")
                .doesNotContain("fhir-server");
    }

    /** A java that runs until it is told to end, and writes down that it does. */
    private void lastingJava() throws IOException {
        script(jdk.resolve("bin/java"), """
                #!/bin/bash
                name=${!#}
                echo "start $name" >>'%1$s'
                trap 'echo "end $name" >>"%1$s"; exit 0' TERM
                for ((i = 0; i < 600; i++)); do sleep 0.05; done
                """.formatted(calls));
    }

    @Test
    void bothRunUntilASignalAndTheOwnerOfTheDatabaseEndsLast() throws Exception {
        built();
        lastingJava();
        try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Process run = start(Map.of("HUB_HTTP_PORT", Integer.toString(listening.getLocalPort())), tree, "run");
            awaitCall("start fhir-server/target/fhir-server.jar");
            awaitCall("start imaging-bridge/target/imaging-bridge.jar");
            run.destroy();

            assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(calls()).contains("start fhir-server/target/fhir-server.jar");
        assertThat(calls().lines().filter(line -> line.startsWith("end ")))
                .containsExactly(
                        "end imaging-bridge/target/imaging-bridge.jar", "end fhir-server/target/fhir-server.jar");
    }

    @Test
    void whenOneEndsTheOtherIsStopped() throws Exception {
        built();
        lastingJava();
        try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Process run = start(Map.of("HUB_HTTP_PORT", Integer.toString(listening.getLocalPort())), tree, "run");
            awaitCall("start fhir-server/target/fhir-server.jar");
            awaitCall("start imaging-bridge/target/imaging-bridge.jar");
            run.children()
                    .filter(child -> child.info().arguments().map(List::of).orElse(List.of()).stream()
                            .anyMatch(argument -> argument.endsWith("fhir-server.jar")))
                    .forEach(ProcessHandle::destroy);

            assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(calls()).contains("end imaging-bridge/target/imaging-bridge.jar");
    }

    private void awaitCall(String call) throws Exception {
        for (int i = 0; i < 200 && !calls().contains(call); i++) {
            Thread.sleep(50);
        }
        assertThat(calls()).contains(call);
    }

    @Test
    void testsNeedNpm() throws Exception {
        Files.delete(tools.resolve("npm"));

        assertThat(hub("test").err()).contains("no npm on the PATH");
    }

    @Test
    void testHandsItsOptionsToMaven() throws Exception {
        hub("test", "-pl", "kernel");

        assertThat(calls()).isEqualTo("mvn -B verify -pl kernel\n");
    }

    @Test
    void demoHandsItsOptionsOn() throws Exception {
        built();

        hub("demo", "--patients", "5");

        assertThat(calls()).endsWith("-cp bench/target/bench.jar org.countyhub.bench.demo.Demo --patients 5\n");
    }

    @Test
    void fuzzTakesAFileFromWhereItIsCalled() throws Exception {
        built();
        Path from = Files.createDirectories(scratch.resolve("from"));
        Files.createDirectories(tree.resolve("imaging-bridge"));

        hub(Map.of(), from, "fuzz", "600", "7");
        hub(Map.of(), from, "fuzz", "found/text-crash-1");
        hub(Map.of(), from, "fuzz");

        List<String> lines = calls().lines().toList();
        assertThat(lines.get(0)).endsWith(" org.countyhub.imaging.fuzz.Fuzz 600 7");
        assertThat(lines.get(1)).endsWith(" org.countyhub.imaging.fuzz.Fuzz " + from + "/found/text-crash-1");
        assertThat(lines.get(2)).endsWith(" org.countyhub.imaging.fuzz.Fuzz");
    }

    @Test
    void benchStartsAServerOfItsOwnUnlessToldOtherwise() throws Exception {
        built();

        hub("bench", "--scale", "0.1");

        assertThat(calls())
                .contains(
                        "--server-command",
                        "-jar fhir-server/target/fhir-server.jar",
                        "--results bench/results --scale 0.1");
    }
}
