package org.countyhub.imaging.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.access.Entitlement;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** DICOMweb as it is run: over HTTP on a port of its own, with a database and files of its own. */
final class WebServer implements AutoCloseable {
    static final String BASE = "https://imaging.example.org/dicomweb";
    private static final ObjectMapper JSON = new ObjectMapper();

    final Bridge bridge = new Bridge();
    /** Who the FHIR server says is one person. */
    final Map<PatientKey, Set<PatientKey>> persons = new ConcurrentHashMap<>();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    final int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(DicomWeb.class)
    static class Application {}

    WebServer() {
        this((bridge, directory) -> Optional.empty());
    }

    /** @param rule who may look at what */
    WebServer(BiFunction<Bridge, PatientDirectory, Optional<Entitlement>> rule) {
        PatientDirectory directory = new Directory();
        DicomWeb.Ports ports = new DicomWeb.Ports(
                bridge.ingest,
                bridge.studies,
                bridge.queries,
                bridge.blobs,
                directory,
                new OutgoingInstances(bridge.studies, bridge.blobs, directory, Coercion.HUB, Clock.systemUTC()),
                (name, address) -> client(name)
                        .map(source ->
                                new Clients.Client(new Sender(source, name, address.getHostAddress()), may(name))),
                rule.apply(bridge, directory),
                List.of(BASE));
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(
                fresh -> ((GenericApplicationContext) fresh).registerBean(DicomWeb.Ports.class, () -> ports));
        context = application.run("--server.port=0", "--server.address=127.0.0.1");
        port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static Set<Permission> may(String name) {
        return switch (name) {
            case "READER" -> EnumSet.of(Permission.QUERY, Permission.RETRIEVE);
            case "MODALITY" -> EnumSet.of(Permission.STORE);
            default -> EnumSet.allOf(Permission.class);
        };
    }

    private static Optional<Source> client(String name) {
        return switch (name) {
            case "STRANGER" -> Optional.empty();
            case "XIAMEI" -> Optional.of(Bridge.XIAMEI);
            default -> Optional.of(Bridge.HAIDU);
        };
    }

    /** Plays the FHIR server, which knows that the one card and that number are of one person. */
    private final class Directory implements PatientDirectory {
        @Override
        public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
            PatientKey own = new PatientKey(
                    issuer == null ? asking.patientSystem() : asking.issuers().getOrDefault(issuer, issuer), id);
            return samePerson(id.equals("CARD") ? new PatientKey(Bridge.HAIDU.patientSystem(), "P1") : own);
        }

        @Override
        public Set<PatientKey> samePerson(PatientKey patient) {
            return persons.getOrDefault(patient, Set.of(patient));
        }
    }

    /** All that there is to ask for. */
    Set<RequestMappingInfo> mappings() {
        return context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet();
    }

    /** Header names and values in turn. */
    HttpResponse<byte[]> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<byte[]> method(String method, String path, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.noBody()));
    }

    HttpResponse<byte[]> post(String path, String contentType, byte[] body, String... headers) {
        return send(request(path, headers).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/dicomweb" + path))
                .timeout(Duration.ofSeconds(30));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    static byte[] sample(String name) {
        try {
            return Files.readAllBytes(Samples.file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where an instance of a sample is found. */
    static String path(String sample) {
        return path(sample(sample));
    }

    /** Where the instance in a file is found. */
    static String path(byte[] file) {
        Dataset header = dataset(file);
        return "/studies/" + header.string(Tag.StudyInstanceUID) + "/series/" + header.string(Tag.SeriesInstanceUID)
                + "/instances/" + header.string(Tag.SOPInstanceUID);
    }

    static Dataset dataset(byte[] file) {
        try (var in = new ByteArrayInputStream(file)) {
            Part10.FileMeta meta = Part10.read(in);
            return DatasetReader.read(in, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands behind the file meta information. */
    static byte[] encoded(byte[] file) {
        int length = (file[140] & 0xFF) | (file[141] & 0xFF) << 8;
        return Arrays.copyOfRange(file, 144 + length, file.length);
    }

    /** The bytes of the pixels of a file, or of the fragments that hold them, joined. */
    static byte[] pixels(byte[] file) {
        byte[] encoded = encoded(file);
        return switch (dataset(file).element(Tag.PixelData)) {
            case Element.Bulk(int tag, Vr vr, long from, long length) ->
                Arrays.copyOfRange(encoded, (int) from, (int) (from + length));
            case Element.Fragments pixels -> {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                // The first is the offset table.
                for (Element.Fragment one :
                        pixels.fragments().subList(1, pixels.fragments().size())) {
                    all.write(encoded, (int) one.position(), (int) one.length());
                }
                yield all.toByteArray();
            }
            case null, default -> throw new AssertionError("no such pixels");
        };
    }

    /** An image of a patient of the hospital. */
    static Dataset.Builder image(String patient, String study, String series, String instance) {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.SOPClassUID, Vr.UI, "1.2.840.10008.5.1.4.1.1.7")
                .set(Tag.SOPInstanceUID, Vr.UI, instance)
                .set(Tag.StudyInstanceUID, Vr.UI, study)
                .set(Tag.SeriesInstanceUID, Vr.UI, series)
                .set(Tag.PatientID, Vr.LO, patient)
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.Modality, Vr.CS, "OT");
    }

    /** A data set as a file in explicit little endian. */
    static byte[] file(Dataset dataset) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(Part10.header(
                    new Part10.FileMeta(
                            TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                            dataset.string(Tag.SOPClassUID, ""),
                            dataset.string(Tag.SOPInstanceUID, "")),
                    "TEST"));
            DatasetWriter.write(dataset, out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files as the parts of a body with the boundary {@code upload}. */
    static byte[] multipart(byte[]... files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] file : files) {
            out.writeBytes(
                    "\r\n--upload\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(file);
        }
        out.writeBytes("\r\n--upload--\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    static final String MULTIPART = "multipart/related; type=\"application/dicom\"; boundary=upload";

    /** The parts of an answer. */
    static List<MultipartReader.Part> parts(HttpResponse<byte[]> response) {
        MediaRange type = MediaRange.one(header(response, "Content-Type")).orElseThrow();
        try {
            MultipartReader reader = new MultipartReader(
                    new ByteArrayInputStream(response.body()), Objects.requireNonNull(type.parameter("boundary")));
            List<MultipartReader.Part> parts = new ArrayList<>();
            for (MultipartReader.Part part = reader.next(); part != null; part = reader.next()) {
                parts.add(new MultipartReader.Part(
                        part.number(),
                        part.headers(),
                        new ByteArrayInputStream(part.content().readAllBytes())));
            }
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] content(MultipartReader.Part part) {
        try {
            return part.content().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        bridge.close();
    }
}
