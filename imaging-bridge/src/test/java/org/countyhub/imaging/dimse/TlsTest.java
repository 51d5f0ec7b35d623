package org.countyhub.imaging.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.net.Tls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Associations by TLS, with keys that keytool makes. */
@Timeout(90)
class TlsTest {
    private static final String PASSWORD = "changeit";

    private static Path keys;

    private static Hub hub;
    private static int port;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        keys = directory;
        for (String name : List.of("hub", "ct", "other", "stranger")) {
            makeKey(name);
        }
        for (String trusted : List.of("ct", "other")) {
            keytool("-importcert", "-noprompt", "-keystore", "trust.p12", "-alias", trusted, "-file", trusted + ".pem");
        }
        String file = HubPeers.FILE.replace(
                "\"maxAssociations\": 30", "\"maxAssociations\": 30, \"certificateSha256\": \"" + sha256("ct") + "\"");
        hub = new Hub(
                file,
                Tls.of(
                        keys.resolve("hub.p12"),
                        PASSWORD.toCharArray(),
                        keys.resolve("trust.p12"),
                        PASSWORD.toCharArray()));
        port = hub.server.listenSecurely(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterAll
    static void stop() throws IOException {
        hub.close();
    }

    private static void makeKey(String name) throws Exception {
        keytool(
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-keystore",
                name + ".p12",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2");
        keytool("-exportcert", "-rfc", "-keystore", name + ".p12", "-alias", name, "-file", name + ".pem");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys.resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
        Files.writeString(
                keys.resolve(name + ".key"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private static void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        DcmtkPeers.Ended ended = DcmtkPeers.run(keys, command.toArray(String[]::new));
        assertThat(ended.code()).as(ended.said()).isZero();
    }

    private static String sha256(String name) throws Exception {
        try (var in = Files.newInputStream(keys.resolve(name + ".pem"))) {
            byte[] certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
        }
    }

    /** A tool of DCMTK by TLS with the key of that name. */
    private static DcmtkPeers.Ended run(String tool, String aeTitle, String key, String... more) {
        List<String> command = new ArrayList<>(List.of(
                tool,
                "-v",
                "-aet",
                aeTitle,
                "-aec",
                "COUNTYHUB",
                "+tls",
                key + ".key",
                key + ".pem",
                "+cf",
                "hub.pem",
                "127.0.0.1",
                Integer.toString(port)));
        command.addAll(List.of(more));
        return DcmtkPeers.run(keys, command.toArray(String[]::new));
    }

    @Test
    void aDeviceStoresByTls() {
        DcmtkPeers.Ended ended =
                run("storescu", "CT1", "ct", Samples.file("CT1_UNC.dcm").toString());
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(hub.count("select count(*) from instance")).isEqualTo(1);
    }

    @Test
    void whoeverShowsAnotherCertificateIsNotThatDevice() {
        assertThat(run("echoscu", "CT1", "other").said()).contains("Calling AE Title Not Recognized");
        assertThat(run("echoscu", "READING1", "other").code()).isZero();
        // Nor is it one without TLS.
        assertThat(hub.run("echoscu", "CT1").said()).contains("Calling AE Title Not Recognized");
    }

    @Test
    void whoeverIsNotTrustedOrShowsNothingIsKeptOut() {
        assertThat(run("echoscu", "READING1", "stranger").code()).isNotZero();
        assertThat(DcmtkPeers.run(
                                keys,
                                "echoscu",
                                "-aet",
                                "READING1",
                                "-aec",
                                "COUNTYHUB",
                                "+tla",
                                "+cf",
                                "hub.pem",
                                "127.0.0.1",
                                Integer.toString(port))
                        .code())
                .isNotZero();
    }

    @Test
    void aClientThatIsSilentKeepsNobodyOut() throws IOException {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            silent.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        assertThat(run("echoscu", "READING1", "other").code()).isZero();
        for (Socket socket : silent) {
            socket.setSoTimeout(20_000);
            // An alert, and the end.
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(50);
            socket.close();
        }
    }

    @Test
    void oldProtocolsAndWeakSuitesAreNotSpoken() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        for (String suite : List.of("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256")) {
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                List<String> supported = List.of(socket.getSupportedCipherSuites());
                if (supported.contains(suite)) {
                    socket.setEnabledCipherSuites(new String[] {suite});
                    assertThatThrownBy(socket::startHandshake).hasMessageContaining("handshake_failure");
                }
            }
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            // A greeting of TLS 1.1 that offers one suite.
            byte[] hello = new byte[5 + 4 + 41];
            System.arraycopy(new byte[] {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2}, 0, hello, 0, 11);
            System.arraycopy(new byte[] {0, 0, 2, 0, 0x2F, 1, 0}, 0, hello, 43, 7);
            socket.getOutputStream().write(hello);
            byte[] answer = socket.getInputStream().readNBytes(7);
            assertThat(answer[0]).as("an alert").isEqualTo((byte) 21);
            assertThat(answer[6]).as("protocol_version").isEqualTo((byte) 70);
        }
    }
}
