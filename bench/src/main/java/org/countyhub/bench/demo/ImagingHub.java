package org.countyhub.bench.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.Multipart;
import org.countyhub.bench.dicom.Presentation;
import org.countyhub.bench.dicom.StoreScu;

/**
 * The imaging bridge as a hospital's devices and systems see it.
 *
 * @param base of DICOMweb, without a slash at the end
 */
record ImagingHub(URI base, int dicomPort) {
    private static final String AE_TITLE = "COUNTYHUB";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STORED_WITH_WARNING = 202;
    private static final int WARNING = 0xB000;
    private static final Pattern URL = Pattern.compile("\"url\":\"([^\"]+)\"");

    /** What became of the instances of a study. */
    enum Outcome {
        STORED,
        /** Kept apart until a person decides whose they are. */
        KEPT_APART
    }

    /** Whether anything listens there. */
    boolean answers() throws InterruptedException {
        try (HttpClient client = client()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/studies?limit=1"))
                    .timeout(PATIENCE)
                    .header("Accept", "application/dicom+json")
                    .build();
            client.send(request, HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new DemoFailure("The imaging bridge at " + base + " does not answer: " + e);
        }
    }

    /**
     * Sends a study as it is to be sent; sending it again adds nothing.
     *
     * @throws DemoFailure if the bridge refuses it
     */
    Outcome send(DemoStudy study) throws InterruptedException {
        try {
            return study.posted() ? post(study) : store(study);
        } catch (IOException e) {
            throw new DemoFailure("The imaging bridge does not take the " + study.what() + ": " + e.getMessage()
                    + "\nStarted with HUB_IMAGING_PEERS=docs/examples/demo-peers.json it knows the demo's hospitals.");
        }
    }

    private Outcome store(DemoStudy study) throws IOException {
        StoreScu.Call call =
                new StoreScu.Call(base.getHost(), dicomPort, DemoStudy.aeTitle(study.hospital()), AE_TITLE);
        Outcome outcome = Outcome.STORED;
        try (StoreScu association = StoreScu.open(
                call,
                study.instances().stream().map(Presentation::of).distinct().toList(),
                PATIENCE)) {
            for (Instance instance : study.instances()) {
                int status = association.store(instance);
                if (status == WARNING) {
                    outcome = Outcome.KEPT_APART;
                } else if (status != StoreScu.SUCCESS) {
                    throw new IOException("C-STORE was answered with status %04X".formatted(status));
                }
            }
        }
        return outcome;
    }

    private Outcome post(DemoStudy study) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 20);
        for (Instance instance : study.instances()) {
            body.writeBytes(Multipart.PART);
            body.writeBytes(instance.file());
        }
        body.writeBytes(Multipart.END);
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/studies"))
                .timeout(PATIENCE)
                .header("Content-Type", Multipart.CONTENT_TYPE)
                .header("Accept", "application/dicom+json")
                .header("X-AE-Title", DemoStudy.aeTitle(study.hospital()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try (HttpClient client = client()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> Outcome.STORED;
                case STORED_WITH_WARNING -> Outcome.KEPT_APART;
                default ->
                    throw new IOException(
                            "STOW-RS was answered with " + response.statusCode() + ":\n" + response.body());
            };
        }
    }

    /** Where the bridge listens. */
    String root() {
        return base.toString().replaceFirst("/dicomweb$", "");
    }

    /**
     * A link to a study as a patient gets it, without a second factor; empty where the bridge makes none, such as for a study that is kept apart.
     */
    Optional<String> film(DemoStudy study) throws InterruptedException {
        String wish = "{\"studyInstanceUid\":\"" + study.studyUid() + "\",\"secondFactor\":\"none\",\"validDays\":1}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(root() + "/film"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Requester", "demo")
                .POST(HttpRequest.BodyPublishers.ofString(wish))
                .build();
        try (HttpClient client = client()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            Matcher url = URL.matcher(response.body());
            return response.statusCode() == 201 && url.find() ? Optional.of(url.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new DemoFailure("The imaging bridge at " + base + " does not answer: " + e);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }
}
