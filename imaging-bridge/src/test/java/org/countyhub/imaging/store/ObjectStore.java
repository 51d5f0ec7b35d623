package org.countyhub.imaging.store;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.countyhub.kernel.Settings;

/**
 * An object store on loopback, a process of its own with an empty bucket {@code imaging}. A shell waits for the end of this process,
 * however that comes, and ends the store.
 */
final class ObjectStore implements AutoCloseable {
    private static final Path JAR = Path.of("target", "object-store", "s3mock.jar");
    private static final String UNTIL_STDIN_ENDS = "\"$@\" & store=$!; cat >/dev/null; kill $store; wait $store";
    private static final int START_SECONDS = 90;

    private final Process process;
    private final Path root;
    private final URI endpoint;

    private ObjectStore(Process process, Path root, URI endpoint) {
        this.process = process;
        this.root = root;
        this.endpoint = endpoint;
    }

    static ObjectStore start() throws IOException, InterruptedException {
        int port;
        int other;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket alsoFree = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
            other = alsoFree.getLocalPort();
        }
        Path root = Files.createTempDirectory("hub-object-store");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        UNTIL_STDIN_ENDS,
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-jar",
                        JAR.toString(),
                        "--server.ssl.enabled=false",
                        "--server.address=127.0.0.1",
                        "--server.port=" + port,
                        // It listens at a second one whether or not that is wanted; unless told, at the same in each
                        // process.
                        "--http.port=" + other,
                        "--com.adobe.testing.s3mock.store.root=" + root,
                        "--com.adobe.testing.s3mock.store.initial-buckets=imaging")
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("log.txt").toFile())
                .start();
        ObjectStore store = new ObjectStore(process, root, URI.create("http://127.0.0.1:" + port));
        try {
            store.await();
            return store;
        } catch (IOException | InterruptedException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void await() throws IOException, InterruptedException {
        for (int i = 0; i < 10 * START_SECONDS; i++) {
            if (answers()) {
                return;
            }
            if (!process.isAlive()) {
                break;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the object store did not start: " + Files.readString(root.resolve("log.txt")));
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    endpoint.resolve("/imaging?list-type=2").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Switches that name it. */
    Settings settings(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(Map.of(
                "HUB_S3_ENDPOINT", endpoint.toString(),
                "HUB_S3_BUCKET", "imaging",
                "HUB_S3_ACCESS_KEY", "key",
                "HUB_S3_SECRET_KEY", "secret"));
        all.putAll(others);
        return new Settings(all);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            List<Path> all;
            try (Stream<Path> files = Files.walk(root)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
