package org.countyhub.imaging.filmweb;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.filmweb.FilmServer.Link;
import org.countyhub.imaging.study.PatientKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A server with a study that links are made to, and another one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FilmFixture {
    static final String OTHER = "1.2.3.200";

    FilmServer server;
    String study;
    String series;
    String instance;
    PatientKey patient;

    @BeforeAll
    void start() throws IOException {
        server = new FilmServer();
        server.bridge.store(Bridge.HAIDU, Samples.file("CT1_UNC.dcm"));
        server.bridge.store(Bridge.HAIDU, image("P9", OTHER, "1.2.3.201", "1.2.3.202", "19900101"));
        try (InputStream in = Files.newInputStream(Samples.file("CT1_UNC.dcm"))) {
            Part10.FileMeta meta = Part10.read(in);
            Dataset header = DatasetReader.read(in, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
            study = header.string(Tag.StudyInstanceUID, "");
            series = header.string(Tag.SeriesInstanceUID, "");
            instance = header.string(Tag.SOPInstanceUID, "");
        }
        patient = server.bridge.studies.study(study).orElseThrow().patient();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void fresh() {
        server.reports.clear();
        server.reportsOf.clear();
        server.person.clear();
        // Failures of earlier tests are forgiven.
        server.clock.turn(Duration.ofMinutes(10));
    }

    static Dataset image(String patient, String study, String series, String instance, String date) {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.SOPClassUID, Vr.UI, "1.2.840.10008.5.1.4.1.1.7")
                .set(Tag.SOPInstanceUID, Vr.UI, instance)
                .set(Tag.StudyInstanceUID, Vr.UI, study)
                .set(Tag.StudyDate, Vr.DA, date)
                .set(Tag.SeriesInstanceUID, Vr.UI, series)
                .set(Tag.PatientID, Vr.LO, patient)
                .set(Tag.PatientName, Vr.PN, "<script>alert(1)</script>=张^三")
                .set(Tag.Modality, Vr.CS, "OT")
                .build();
    }

    static FilmReport report(String id, String status) {
        return new FilmReport(
                id,
                "胸部CT平扫",
                status,
                Instant.parse("2026-03-01T08:00:00Z"),
                List.of("李医生"),
                List.of("双肺纹理清晰。"),
                "未见异常。",
                0);
    }

    Link issue(String more) {
        return server.issue("{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\"" + more + "}");
    }

    Link issue() {
        return issue("");
    }

    int status(Link link, String cookie, String path) {
        return server.get(link.path() + path, "Cookie", cookie).statusCode();
    }

    String instancePath() {
        return "/dicomweb/studies/" + study + "/series/" + series + "/instances/" + instance;
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    List<String> views(Link link) {
        List<String> what = new ArrayList<>();
        FilmServer.json(server.get("/film/" + link.id() + "/views"))
                .forEach(view -> what.add(view.path("what").asText()));
        return what;
    }
}
