package org.countyhub.imaging.peers;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countyhub.imaging.study.Source;
import org.jspecify.annotations.Nullable;

/** The hospitals that take part, and their devices. */
public sealed interface Peers {
    List<Source> sources();

    List<Device> devices();

    /** Who may look at images over HTTP; empty where whoever is let through may. */
    Optional<Readers> readers();

    /** The device of that AE title that may call from there. */
    Answer device(String aeTitle, InetAddress address, @Nullable X509Certificate certificate);

    /** The device that is called by that AE title. */
    default Optional<Device> destination(String aeTitle) {
        return devices().stream()
                .filter(device -> device.aeTitle().equals(aeTitle) && device.called() != null)
                .findFirst();
    }

    /** Who a caller is. */
    sealed interface Answer {}

    /** It is this device. */
    record Known(Device device) implements Answer {}

    /** It is none that may call from there; why is for the log. */
    record Unknown(String why) implements Answer {}

    /** Those of a file. */
    record Listed(List<Source> sources, List<Device> devices, Optional<Readers> readers) implements Peers {
        public Listed {
            sources = List.copyOf(sources);
            devices = List.copyOf(devices);
        }

        @Override
        public Answer device(String aeTitle, InetAddress address, @Nullable X509Certificate certificate) {
            List<Device> titled = devices.stream()
                    .filter(device -> device.aeTitle().equals(aeTitle))
                    .toList();
            if (titled.isEmpty()) {
                return new Unknown("no such AE title");
            }
            Optional<Device> there = titled.stream()
                    .filter(device -> device.addresses().stream().anyMatch(range -> range.contains(address)))
                    .findFirst();
            if (there.isEmpty()) {
                return new Unknown("this AE title may not call from there");
            }
            String fingerprint = there.get().certificateSha256();
            if (fingerprint != null && (certificate == null || !fingerprint.equals(sha256(certificate)))) {
                return new Unknown("it has not shown its certificate");
            }
            return new Known(there.get());
        }
    }

    /** Whoever calls from this machine, as one source: for trying things out, where no file names any. */
    record Loopback() implements Peers {
        private static final int MAX_ASSOCIATIONS = 50;
        private static final Source LOCAL = new Source(
                "local", null, "urn:countyhub:local:patient", "urn:countyhub:local:accession", Map.of(), null);

        @Override
        public List<Source> sources() {
            return List.of(LOCAL);
        }

        @Override
        public List<Device> devices() {
            return List.of();
        }

        @Override
        public Optional<Readers> readers() {
            return Optional.empty();
        }

        @Override
        public Answer device(String aeTitle, InetAddress address, @Nullable X509Certificate certificate) {
            return address.isLoopbackAddress()
                    ? new Known(new Device(
                            LOCAL,
                            aeTitle,
                            List.of(),
                            null,
                            EnumSet.allOf(Permission.class),
                            MAX_ASSOCIATIONS,
                            null,
                            false))
                    : new Unknown("only this machine may call while HUB_IMAGING_PEERS names no file");
        }
    }

    private static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
