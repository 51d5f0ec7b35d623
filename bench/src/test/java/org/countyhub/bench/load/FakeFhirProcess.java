package org.countyhub.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A fake server as a process of its own; it needs a data directory and reads the switches that the real one reads. */
final class FakeFhirProcess {
    private FakeFhirProcess() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path data = Files.createDirectories(Path.of(System.getenv("HUB_DATA_DIR")));
        Files.writeString(data.resolve("started"), "");
        try (FakeServer server = new FakeServer(Integer.parseInt(System.getenv("HUB_HTTP_PORT")), new FakeFhir())) {
            System.out.println("listening on " + server.base());
            Thread.currentThread().join();
        }
    }
}
