package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS for associations (PS3.15 annex B.12, after BCP 195): 1.2 or 1.3, suites with forward secrecy and authenticated encryption only, and
 * both sides show a certificate that the trust store vouches for.
 */
public final class Tls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SSLContext context;
    private final String[] suites;

    private Tls(SSLContext context) {
        this.context = context;
        this.suites = Arrays.stream(context.getDefaultSSLParameters().getCipherSuites())
                .filter(Tls::isStrong)
                .toArray(String[]::new);
    }

    /** Of a key store with the hub's key and one with the certificates it trusts, both PKCS #12. */
    public static Tls of(Path keyStore, char[] keyPassword, Path trustStore, char[] trustPassword) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(keyStore, keyPassword), keyPassword);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trustStore, trustPassword));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new Tls(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "TLS for DICOM: " + keyStore + " or " + trustStore + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore load(Path file, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        return store;
    }

    private static boolean isStrong(String suite) {
        return suite.startsWith("TLS_AES_")
                || suite.startsWith("TLS_CHACHA20_")
                || ((suite.startsWith("TLS_ECDHE_") || suite.startsWith("TLS_DHE_"))
                        && (suite.contains("_GCM_") || suite.contains("_CHACHA20_")));
    }

    /** The hub's side of a connection that was accepted; hands are not shaken yet. */
    SSLSocket server(Socket raw) throws IOException {
        SSLSocket socket = layered(raw, raw.getInetAddress().getHostAddress());
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(true);
        return socket;
    }

    /** The hub's side of a connection that it opened; the other's certificate has to be for that host. */
    SSLSocket client(Socket raw, String host) throws IOException {
        SSLSocket socket = layered(raw, host);
        socket.setUseClientMode(true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private SSLSocket layered(Socket raw, String host) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, host, raw.getPort(), true);
        socket.setEnabledProtocols(PROTOCOLS);
        socket.setEnabledCipherSuites(suites);
        return socket;
    }
}
