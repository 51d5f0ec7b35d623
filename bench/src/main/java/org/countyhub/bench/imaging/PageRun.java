package org.countyhub.bench.imaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.countyhub.bench.load.HttpConnection;
import org.countyhub.bench.load.Load;
import org.countyhub.bench.load.LoadFailure;
import org.countyhub.bench.load.Row;
import org.countyhub.bench.load.ServerProcess;

/**
 * What readers wait for in a browser (Debian: chromium): a patient's phone with a QR code and a report that the FHIR server is asked for, a whole
 * slide, and a stack of CT slices. {@code speed.mjs} of the viewer measures, beside floors; here is what it looks at.
 */
final class PageRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path VIEWER = Path.of("imaging-bridge", "viewer");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int SLICES = 412;
    private static final int TRIES = 7;
    private static final int MAX_MINUTES = 8;
    private static final Map<String, String> ROWS = Map.of(
            "film", RowNames.FILM,
            "film-floor", RowNames.FILM_FLOOR,
            "slide", RowNames.SLIDE,
            "slide-floor", RowNames.SLIDE_FLOOR,
            "scroll-blank", RowNames.SCROLL_BLANK,
            "scroll", RowNames.SCROLL);

    private PageRun() {}

    /** Refuses a run that could not look. */
    static void requireBrowser() {
        if (!Files.isExecutable(CHROMIUM)) {
            throw new LoadFailure("no " + CHROMIUM + " (Debian: chromium); leave the piece pages out");
        }
    }

    static void run(Session session) {
        try (ServerProcess fhir = session.startFhir()) {
            session.restart("http://" + fhir.base().host() + ":" + fhir.base().port()
                    + fhir.base().path());
            Sent film = store(session, Studies.chest("pages-chest"));
            Sent stack = store(session, Studies.ct("pages-ct", 1, session.scaled(SLICES, 20)));
            Sent slide = store(session, Studies.slide("pages-slide", session.scaled(80, 8), session.scaled(60, 6)));
            report(fhir, film);
            ObjectNode how = JSON.createObjectNode()
                    .put("base", session.bridge().address())
                    .put("film", film.studyUid())
                    .put("stack", stack.studyUid())
                    .put("slices", session.scaled(SLICES, 20))
                    .put("tries", TRIES);
            how.putObject("slide").put("study", slide.studyUid()).put("series", slide.seriesUid());
            browse(session, how.toString());
        }
    }

    private static Sent store(Session session, Studies studies) {
        Corpus corpus = session.corpus(studies);
        try (HttpConnection connection =
                new HttpConnection(session.bridge().web().base())) {
            StowRun.post(session.bridge().web(), connection, corpus.instances());
        }
        corpus.delete();
        return corpus.instances().getFirst();
    }

    /** The FHIR server knows the study and its signed report, as it does once bridge and RIS have told it. */
    private static void report(ServerProcess fhir, Sent film) {
        String bundle = """
                {"resourceType": "Bundle", "type": "transaction", "entry": [
                  {"fullUrl": "urn:uuid:6d0e5c0e-6b0c-4a43-9d0f-6a4f4b5c0a01", "request": {"method": "POST", "url": "Patient"},
                   "resource": {"resourceType": "Patient", "name": [{"text": "王晓东"}], "gender": "male", "birthDate": "1968-04-12",
                     "identifier": [{"system": "urn:oid:1.2.3.4", "value": "P1"}]}},
                  {"fullUrl": "urn:uuid:6d0e5c0e-6b0c-4a43-9d0f-6a4f4b5c0a02", "request": {"method": "POST", "url": "ImagingStudy"},
                   "resource": {"resourceType": "ImagingStudy", "status": "available",
                     "identifier": [{"system": "urn:dicom:uid", "value": "urn:oid:%s"}],
                     "subject": {"reference": "urn:uuid:6d0e5c0e-6b0c-4a43-9d0f-6a4f4b5c0a01"}}},
                  {"request": {"method": "POST", "url": "DiagnosticReport"},
                   "resource": {"resourceType": "DiagnosticReport", "status": "final", "code": {"text": "胸部正位"},
                     "subject": {"reference": "urn:uuid:6d0e5c0e-6b0c-4a43-9d0f-6a4f4b5c0a01"},
                     "issued": "2025-03-01T09:30:00+08:00",
                     "imagingStudy": [{"reference": "urn:uuid:6d0e5c0e-6b0c-4a43-9d0f-6a4f4b5c0a02"}],
                     "presentedForm": [{"contentType": "text/plain", "data": "%s"}],
                     "conclusion": "心、肺、膈未见明显异常。"}}]}
                """.formatted(
                        film.studyUid(),
                        java.util.Base64.getEncoder()
                                .encodeToString("双肺纹理清晰，未见实变影。心影大小形态正常。\n双膈面光滑，肋膈角锐利。"
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        try (HttpConnection connection = new HttpConnection(fhir.base())) {
            byte[] request = fhir.base().post("", bundle);
            connection.exchange(request);
            Load.requireStatus(request, connection, 200);
        }
    }

    private static void browse(Session session, String how) {
        Path log = session.work().resolve("pages.log");
        try {
            Process process = new ProcessBuilder("node", "test/browser/speed.mjs", how)
                    .directory(VIEWER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(MAX_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String said = Files.readString(log);
            if (!ended || process.exitValue() != 0) {
                throw new LoadFailure("the browser (Debian: chromium) was not shown what it should be:\n" + said);
            }
            for (String line : said.lines().filter(one -> one.startsWith("{")).toList()) {
                add(session, JSON.readTree(line));
            }
        } catch (JsonProcessingException e) {
            throw new LoadFailure("speed.mjs says what is no JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        }
    }

    /** A median, with all that it is the median of where these are few. */
    private static void add(Session session, JsonNode figure) {
        String name = ROWS.get(figure.path("what").asText());
        if (name == null) {
            throw new LoadFailure("speed.mjs measures what is no row: " + figure);
        }
        double[] values = StreamSupport.stream(figure.path("values").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .sorted()
                .toArray();
        String all = values.length > 1 && values.length <= TRIES
                ? "; " + values.length + " tries: %,.0f to %,.0f".formatted(values[0], values[values.length - 1])
                : values.length > TRIES
                        ? "; p95 %,.0f, most %,.0f"
                                .formatted(values[values.length * 95 / 100], values[values.length - 1])
                        : "";
        session.add(Row.of(name, values[values.length / 2], figure.path("unit").asText())
                .noting(figure.path("note").asText() + all));
    }
}
