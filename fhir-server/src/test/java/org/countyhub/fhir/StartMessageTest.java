package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README says of a start: where the server is, and that it asks no one who they are. */
class StartMessageTest {
    private static final String LISTENING = "0A";

    @Test
    void theServerNamesItsAddressWarnsAndListensOnLoopbackOnly(@TempDir Path directory) throws Exception {
        try (HubProcess hub = HubProcess.start(directory)) {
            int port = URI.create(hub.base()).getPort();

            assertThat(printed(directory.resolve("server.log"), "no one is asked who they are yet"))
                    .contains("FHIR base " + hub.base());
            assertThat(listeners(port)).containsExactly("127.0.0.1");
            for (InetAddress other : otherAddresses()) {
                assertThatThrownBy(() -> connect(other, port)).isInstanceOf(IOException.class);
            }
            assertThat(hub.send("GET", "/metadata", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void hl7v2IsOfferedWhereSendersAreNamedAndOnLoopbackOnly(@TempDir Path directory) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Map<String, String> switches = Map.of(
                "HUB_MLLP_PORT",
                Integer.toString(port),
                "HUB_MLLP_SENDERS",
                Path.of("../docs/examples/hl7v2-senders.json").toAbsolutePath().toString());
        try (HubProcess hub = HubProcess.start(directory, switches)) {
            assertThat(printed(directory.resolve("server.log"), "no one is asked who they are yet"))
                    .contains("HL7 v2 by MLLP at 127.0.0.1:" + port);
            assertThat(listeners(port)).containsExactly("127.0.0.1");
            assertThat(hub.isAlive()).isTrue();
        }
        assertThat(listeners(port)).isEmpty();
    }

    /** What the server printed up to a line; it is ready a moment before it says so. */
    private static String printed(Path log, String last) throws IOException, InterruptedException {
        String printed = Files.readString(log);
        for (int i = 0; i < 200 && !printed.contains(last); i++) {
            Thread.sleep(50);
            printed = Files.readString(log);
        }
        assertThat(printed).contains(last);
        return printed;
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
        }
    }

    private static List<InetAddress> otherAddresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
    }

    /** The addresses that someone listens at with the port; one entry for each socket (proc(5), /proc/net/tcp). */
    private static List<String> listeners(int port) throws IOException {
        List<String> lines = new java.util.ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        if (Files.exists(Path.of("/proc/net/tcp6"))) {
            lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
        }
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns.length > 3 && columns[3].equals(LISTENING))
                .map(columns -> columns[1].split(":", 2))
                .filter(local -> Integer.parseInt(local[1], 16) == port)
                .map(local -> address(local[0]))
                .toList();
    }

    /** Little-endian words, so that 127.0.0.1 is 0100007F; Java's sockets are IPv6 ones, with ::ffff: before that. */
    private static String address(String hexadecimal) {
        String mapped = "0000000000000000FFFF0000";
        String four = hexadecimal.startsWith(mapped) ? hexadecimal.substring(mapped.length()) : hexadecimal;
        if (four.length() != 8) {
            return hexadecimal;
        }
        StringBuilder address = new StringBuilder();
        for (int i = 6; i >= 0; i -= 2) {
            address.append(address.isEmpty() ? "" : ".").append(Integer.parseInt(four.substring(i, i + 2), 16));
        }
        return address.toString();
    }
}
