package org.countyhub.imaging.filmweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.countyhub.imaging.filmweb.FilmServer.Link;
import org.junit.jupiter.api.Test;

/** How links and sessions end, and what is on record of them. */
class LinkEndTest extends FilmFixture {
    @Test
    void revocationEndsEverythingAtOnce() {
        Link link = issue();
        String cookie = server.cookie(link);
        assertThat(status(link, cookie, instancePath() + "/frames/1")).isEqualTo(200);

        HttpResponse<byte[]> revoked = server.send("DELETE", "/film/" + link.id(), null, "X-Requester", "RIS");

        assertThat(FilmServer.json(revoked).path("revokedBy").asText()).isEqualTo("RIS");
        for (String path : List.of(
                "", "/context", "/dicomweb/studies", instancePath() + "/frames/1", instancePath() + "/rendered")) {
            assertThat(status(link, cookie, path)).as(path).isEqualTo(410);
        }
        assertThat(server.open(link, "").statusCode()).isEqualTo(410);
        assertThat(server.send("PATCH", "/film/" + link.id(), "{\"validDays\":1}", "X-Requester", "RIS")
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void aLinkIsValidUntilItsEndAndNotAMomentLonger() {
        Link link = issue(",\"validDays\":1");
        Instant end = Instant.parse(FilmServer.json(server.get("/film/" + link.id()))
                .path("expires")
                .asText());
        server.clock.set(end.minusMillis(1));
        String cookie = server.cookie(link);
        assertThat(status(link, cookie, instancePath() + "/frames/1")).isEqualTo(200);

        server.clock.set(end);

        assertThat(status(link, cookie, instancePath() + "/frames/1")).isEqualTo(410);
        assertThat(status(link, cookie, "")).isEqualTo(410);
        assertThat(server.open(link, "").statusCode()).isEqualTo(410);
        // A hospital can give it more time.
        server.send("PATCH", "/film/" + link.id(), "{\"validDays\":2}", "X-Requester", "RIS");
        assertThat(status(link, server.cookie(link), "")).isEqualTo(200);
    }

    @Test
    void aSessionEndsBeforeItsLink() {
        Link link = issue();
        assertThat(server.open(link, "").headers().firstValue("Set-Cookie").orElse(""))
                .contains("Max-Age=43200;");
        String cookie = server.cookie(link);

        server.clock.turn(Duration.ofHours(13));

        assertThat(status(link, cookie, "/context")).isEqualTo(403);
        assertThat(status(link, server.cookie(link), "/context")).isEqualTo(200);
    }

    @Test
    void whoeverGivesTheBrowserBackIsOut() {
        Link link = issue();
        String cookie = server.cookie(link);

        server.send("DELETE", link.path() + "/session", null, "Cookie", cookie);

        assertThat(status(link, cookie, "/context")).isEqualTo(403);
    }

    @Test
    void everyViewIsOnRecordOnce() {
        Link link = issue();
        assertThat(views(link)).as("the test of the link itself").isEmpty();
        String cookie = FilmServer.cookie(server.open(link, "", "X-Forwarded-For", "198.51.100.4"));
        for (int i = 0; i < 3; i++) {
            server.get(link.path(), "Cookie", cookie, "X-Forwarded-For", "198.51.100.4");
            server.get(
                    link.path() + instancePath() + "/frames/1",
                    "Cookie",
                    cookie,
                    "X-Forwarded-For",
                    "198.51.100.4",
                    "User-Agent",
                    "phone");
        }
        server.send("POST", link.path() + "/originals", "", "Cookie", cookie);

        assertThat(views(link)).containsExactly("PAGE", "SERIES", "ORIGINALS_ASKED");
        var seen = FilmServer.json(server.get("/film/" + link.id() + "/views")).get(1);
        assertThat(seen.path("address").asText()).isEqualTo("198.51.100.4");
        assertThat(seen.path("userAgent").asText()).isEqualTo("phone");
        assertThat(seen.path("seriesInstanceUid").asText()).isEqualTo(series);
    }

    @Test
    void neitherThePageNorTheInterfaceTellsTheSecretAgain() {
        Link link = issue();
        String cookie = server.cookie(link);
        String stored = server.bridge.db.query(connection -> {
            try (var row = connection
                    .createStatement()
                    .executeQuery("select string_agg(l::text, '') from film_link l where id = '" + link.id() + "'")) {
                row.next();
                return row.getString(1);
            }
        });
        String hex = java.util.HexFormat.of().formatHex(Base64.getUrlDecoder().decode(link.secret()));
        assertThat(stored).isNotEmpty().doesNotContain(hex).doesNotContain(link.secret());
        for (String path : List.of("/film", "/film/" + link.id(), "/film/" + link.id() + "/views", link.path())) {
            assertThat(text(server.get(path, "Cookie", cookie))).doesNotContain(link.secret());
        }
        HttpResponse<byte[]> page = server.get(link.path(), "Cookie", cookie);
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("X-Robots-Tag").orElse("")).contains("noindex");
    }
}
