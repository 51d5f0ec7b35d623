package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** WADO-RS, metadata resources: PS3.18 section 10.4. */
class MetadataTest {
    private static final String INSTANCE = WebServer.path("series/ct-3slice-02.dcm");
    private static final String SERIES = INSTANCE.replaceFirst("/instances/.*", "");
    private static final String STUDY = INSTANCE.replaceFirst("/series/.*", "");
    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer();
        for (int i = 1; i <= 3; i++) {
            server.bridge.store(Bridge.HAIDU, Samples.file("series/ct-3slice-0" + i + ".dcm"));
        }
        server.bridge.store(Bridge.HAIDU, Samples.file("charset/gb18030.dcm"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void metadataTellOfEveryInstance() {
        for (String path : List.of(STUDY, SERIES)) {
            HttpResponse<byte[]> answer = server.get(path + "/metadata");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(WebServer.header(answer, "Content-Type")).isEqualTo("application/dicom+json");
            JsonNode all = WebServer.json(answer.body());
            assertThat(all).hasSize(3);
            assertThat(all).allSatisfy(one -> assertThat(
                            one.path("7FE00010").path("BulkDataURI").asText())
                    .startsWith("/dicomweb" + SERIES + "/instances/"));
        }
        JsonNode one = WebServer.json(server.get(INSTANCE + "/metadata").body());
        assertThat(one).hasSize(1);
        assertThat(INSTANCE)
                .endsWith(
                        "/" + one.path(0).path("00080018").path("Value").path(0).asText());
    }

    @Test
    void whoeverTakesGzipGetsTheSameInOneMember() throws IOException {
        byte[] plain = server.get(STUDY + "/metadata").body();
        HttpResponse<byte[]> answer = server.get(STUDY + "/metadata", "Accept-Encoding", "br, gzip;q=0.5");
        assertThat(WebServer.header(answer, "Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.body().length).isLessThan(plain.length / 2);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
        assertThat(WebServer.header(server.get(STUDY + "/metadata", "Accept-Encoding", "gzip;q=0"), "Content-Encoding"))
                .isEmpty();
    }

    @Test
    void textIsUtf8WhateverItWas() {
        JsonNode all = WebServer.json(
                server.get(WebServer.path("charset/gb18030.dcm") + "/metadata").body());
        assertThat(all.path(0)
                        .path("00100010")
                        .path("Value")
                        .path(0)
                        .path("Ideographic")
                        .asText())
                .isEqualTo("王^小东");
    }

    @Test
    void theTagOfAStudyChangesWithIt() {
        server.bridge.store(
                Bridge.HAIDU,
                WebServer.image("P1", "1.2.3.50", "1.2.3.50.1", "1.2.3.50.1.1").build());
        String tag = WebServer.header(server.get("/studies/1.2.3.50/metadata"), "ETag");
        assertThat(server.get("/studies/1.2.3.50/metadata", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(server.get("/studies/1.2.3.50/metadata", "If-None-Match", tag, "Accept-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(200);
        server.bridge.store(
                Bridge.HAIDU,
                WebServer.image("P1", "1.2.3.50", "1.2.3.50.1", "1.2.3.50.1.2")
                        .set(Tag.InstanceNumber, Vr.IS, "2")
                        .build());
        HttpResponse<byte[]> later = server.get("/studies/1.2.3.50/metadata", "If-None-Match", tag);
        assertThat(later.statusCode()).isEqualTo(200);
        assertThat(WebServer.json(later.body())).hasSize(2);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(server.get("/studies/9.9.9/metadata").statusCode()).isEqualTo(404);
        assertThat(server.get(STUDY + "/series/9.9.9/metadata").statusCode()).isEqualTo(404);
        assertThat(server.get(STUDY + "/series/9.9.9/metadata", "Accept-Encoding", "gzip")
                        .body()[0])
                .isEqualTo((byte) '{');
        HttpResponse<byte[]> none = server.get(STUDY + "/series/9.9.9/metadata", "Accept-Encoding", "gzip");
        assertThat(WebServer.header(none, "Content-Encoding")).isEmpty();
        assertThat(WebServer.header(none, "ETag")).isEmpty();
        assertThat(server.get(SERIES + "/instances/9.9.9/metadata").statusCode())
                .isEqualTo(404);
    }

    @Test
    void metadataAreGivenAsJsonOnly() {
        assertThat(server.get(STUDY + "/metadata", "Accept", "multipart/related; type=\"application/dicom+xml\"")
                        .statusCode())
                .isEqualTo(406);
        assertThat(server.get(STUDY + "/metadata?accept=application/dicom%2Bxml")
                        .statusCode())
                .isEqualTo(406);
        assertThat(server.get(STUDY + "/metadata", "Accept", "application/json").statusCode())
                .isEqualTo(200);
    }
}
