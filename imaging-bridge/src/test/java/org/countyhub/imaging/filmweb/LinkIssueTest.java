package org.countyhub.imaging.filmweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.countyhub.imaging.JdkImages;
import org.countyhub.imaging.access.Ground;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.access.Reading;
import org.countyhub.imaging.film.FactorKind;
import org.countyhub.imaging.film.FilmScope;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.store.PgFilmStore;
import org.countyhub.imaging.store.PgReadingStore;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** How links are made. */
class LinkIssueTest extends FilmFixture {
    @Test
    void theQrCodeIsTheAddressWithItsSecret() throws Exception {
        HttpResponse<byte[]> answer = server.send(
                "POST",
                "/film",
                "{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\"}",
                "X-Requester",
                "RIS");
        var link = FilmServer.json(answer);
        byte[] png = Base64.getDecoder().decode(link.path("qrPng").asText().replaceFirst("^[^,]*,", ""));
        var image = JdkImages.read("png", png);
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        var bitmap = new com.google.zxing.BinaryBitmap(new com.google.zxing.common.HybridBinarizer(
                new com.google.zxing.RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels)));

        String read = new com.google.zxing.qrcode.QRCodeReader().decode(bitmap).getText();

        assertThat(read)
                .isEqualTo(link.path("url").asText())
                .startsWith(FilmServer.BASE + "/open/" + link.path("id").asText() + "#");
        assertThat(link.path("qrSvg").asText()).startsWith("<svg ");
    }

    private HttpResponse<byte[]> asked(String scope, String... who) {
        return server.send(
                "POST",
                "/film",
                "{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\",\"scope\":{" + scope + "}}",
                who);
    }

    @Test
    void aDoctorMakesLinksToWhatTheDoctorMayLookAtAndToNothingElse() {
        String[] doctor = {"X-Requester", "Practitioner/1", "X-Requester-Organization", "Organization/haidu"};
        String[] elsewhere = {"X-Requester", "Practitioner/1", "X-Requester-Organization", "Organization/clinic"};
        assertThat(asked("", doctor).statusCode()).as("of whom nobody knows").isEqualTo(403);
        server.records.doctors.add(new Reader("Practitioner/1", "Organization/haidu"));
        server.records.doctors.add(new Reader("Practitioner/1", "Organization/clinic"));
        server.clock.turn(Duration.ofMinutes(1));

        assertThat(asked("", doctor).statusCode()).isEqualTo(201);
        assertThat(asked("", elsewhere).statusCode()).isEqualTo(404);
        assertThat(asked("", "X-Requester", "Practitioner/1").statusCode())
                .as("half a name")
                .isEqualTo(400);
        assertThat(asked("\"priors\":true", doctor).statusCode())
                .as("earlier studies, of a patient who is not in care")
                .isEqualTo(403);
        server.records.inCare.add(patient);
        server.clock.turn(Duration.ofMinutes(1));
        assertThat(asked("\"priors\":true", doctor).statusCode()).isEqualTo(201);
        assertThat(asked("\"priors\":true", "X-Requester", "RIS").statusCode())
                .as("a system of a hospital")
                .isEqualTo(201);
        assertThat(new PgReadingStore(server.bridge.db).of(study, 0, 10))
                .extracting(Reading::reader, Reading::ground)
                .containsExactly(tuple(new Reader("Practitioner/1", "Organization/haidu"), Ground.OWN));
    }

    @Test
    void aLinkThatDoesNotWorkIsNotHandedOut() {
        FilmService films = new FilmService(
                server.bridge.db,
                new PgFilmStore(server.bridge.db),
                server.bridge.studies,
                server.bridge.queries,
                new org.countyhub.imaging.study.PatientDirectory() {
                    @Override
                    public Set<PatientKey> patients(
                            org.countyhub.imaging.study.Source asking,
                            @org.jspecify.annotations.Nullable String issuer,
                            String id) {
                        return Set.of();
                    }

                    @Override
                    public Set<PatientKey> samePerson(PatientKey one) {
                        return Set.of(one);
                    }
                },
                server.clock);
        FilmService.Issued issued = films.issue(new FilmService.Wish(
                new FilmScope(study, Set.of(), false, false), Duration.ofDays(1), FactorKind.NONE, "", "RIS"));

        assertThatThrownBy(() -> new SelfTest(films).run(issued, URI.create("http://127.0.0.1:1")))
                .isInstanceOf(ProblemException.class);

        assertThat(server.get("/film/" + issued.link().id()).statusCode()).isEqualTo(404);
    }

    @Test
    void wrongWishesAreRefusedWithTheirPlace() {
        for (String[] wrong : new String[][] {
            {"{\"secondFactor\":\"none\"}", "400", "studyInstanceUid"},
            {"{\"studyInstanceUid\":\"1.2.9\",\"secondFactor\":\"none\"}", "404", "no such study"},
            {"{\"studyInstanceUid\":\"" + study + "\"}", "400", "secondFactor"},
            {"{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\",\"validDays\":0}", "422", "validDays"},
            {"{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\",\"validDays\":400}", "422", "validDays"
            },
            {
                "{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\",\"scope\":{\"series\":[\"1.2\"]}}",
                "422",
                "scope.series"
            },
            {"{", "400", "JSON"}
        }) {
            HttpResponse<byte[]> answer = server.send("POST", "/film", wrong[0], "X-Requester", "RIS");
            assertThat(answer.statusCode()).as(wrong[0]).isEqualTo(Integer.parseInt(wrong[1]));
            assertThat(text(answer)).contains(wrong[2]);
        }
        assertThat(server.send("POST", "/film", "{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void anOperationOfFhirMakesALink() {
        String parameters = """
                {"resourceType":"Parameters","parameter":[
                 {"name":"study","valueIdentifier":{"system":"urn:dicom:uid","value":"urn:oid:%s"}},
                 {"name":"secondFactor","valueCode":"code"},{"name":"validDays","valueInteger":7}]}""".formatted(study);
        HttpResponse<byte[]> answer =
                server.send("POST", "/fhir/ImagingStudy/$film-link", parameters, "X-Requester", "HIS");

        assertThat(answer.statusCode()).isEqualTo(200);
        String url = parameter(answer, "url", "valueUrl");
        assertThat(server.open(
                                parameter(answer, "id", "valueString"),
                                url.substring(url.indexOf('#') + 1),
                                parameter(answer, "code", "valueString"))
                        .statusCode())
                .isEqualTo(204);
        HttpResponse<byte[]> refused = server.send(
                "POST", "/fhir/ImagingStudy/$film-link", "{\"resourceType\":\"Patient\"}", "X-Requester", "HIS");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(FilmServer.json(refused).path("resourceType").asText()).isEqualTo("OperationOutcome");
    }

    private static String parameter(HttpResponse<byte[]> answer, String name, String type) {
        for (var parameter : FilmServer.json(answer).path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.path(type).asText();
            }
        }
        throw new AssertionError("no " + name);
    }
}
