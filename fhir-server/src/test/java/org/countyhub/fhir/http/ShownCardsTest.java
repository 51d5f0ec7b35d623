package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.created;
import static org.countyhub.fhir.http.Answers.found;
import static org.countyhub.fhir.http.Answers.json;
import static org.countyhub.fhir.http.Answers.refused;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.identity.code.InsuranceTokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** E-health cards and e-vouchers of the medical insurance, with what they need and without. */
class ShownCardsTest {
    private static final String TOKENS = "https://countyhub.org/sid/insurance-token";
    private static final String INSURANCE = "urn:oid:2.16.156.10011.1.15";
    private static final String HEALTH_CARD = "urn:oid:2.16.156.10011.1.19";
    private static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";
    private static final String INDEX = "https://countyhub.org/sid/health-card-index";
    private static final String ROOT = "0123456789ABCDEFFEDCBA9876543210";
    private static final String PASSWORD = "korrekt-pferd-7";
    private static final String MINDEX = "ABD17E7ED399EF68AB5660155D6E226D2C92EAC3254A4A66BED83AED0ADA1E9E";
    private static final String CARD = "98FF9F2C05145CB9305E9D8A57E072BB51180CA49E5BE5E9D41BCE3A9A571928";

    private static TestHub hub;
    private static final List<HttpResponse<String>> answers = new ArrayList<>();
    private static final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private static Level level;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        level = root.getLevel();
        root.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        Path keyStore = directory.resolve("keys.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setEntry(
                "health-card",
                new KeyStore.SecretKeyEntry(new SecretKeySpec(HexFormat.of().parseHex(ROOT), "1.2.156.10197.1.104")),
                new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        try (OutputStream out = Files.newOutputStream(keyStore)) {
            store.store(out, PASSWORD.toCharArray());
        }
        hub = TestHub.startWith(Map.of(
                "HUB_HEALTH_CARD_KEYSTORE", keyStore.toString(),
                "HUB_HEALTH_CARD_KEYSTORE_PASSWORD_FILE", password.toString(),
                "HUB_INSURANCE_TOKENS", "sandbox"));
    }

    @AfterAll
    static void stop() {
        hub.close();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAppender(log);
        root.setLevel(level);
    }

    private static HttpResponse<String> seen(HttpResponse<String> answer) {
        answers.add(answer);
        return answer;
    }

    private static String patient(String... identifiers) {
        return "{\"resourceType\":\"Patient\",\"identifier\":[" + String.join(",", identifiers) + "]}";
    }

    private static String identifier(String system, String value) {
        return "{\"system\":\"%s\",\"value\":\"%s\"}".formatted(system, value);
    }

    private static String parameters(String token) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"identifier\",\"valueIdentifier\":%s}]}"
                .formatted(identifier(TOKENS, token));
    }

    private static HttpResponse<String> resolve(TestHub hub, String token) {
        return seen(hub.post("/Person/$resolve", parameters(token)));
    }

    private static void requireUntold(String secret) {
        assertThat(answers).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.body()).doesNotContain(secret);
            assertThat(answer.headers().toString()).doesNotContain(secret);
        });
        assertThat(List.copyOf(log.list)).isNotEmpty().allSatisfy(event -> assertThat(text(event))
                .doesNotContainIgnoringCase(secret));
    }

    private static String text(ILoggingEvent event) {
        return event.getFormattedMessage()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }

    @Test
    void aPlatformThatFailsTellsNoTokenEither() {
        InsuranceTokens failing = token -> {
            throw new IllegalStateException("cannot read " + token.text());
        };
        try (TestHub other = TestHub.startWith(new HubServer.Cards(Optional.empty(), Optional.of(failing)))) {
            refused(resolve(other, "SANDBOX-3501000009"), 503, "platform");
        }
        requireUntold("SANDBOX-");
    }

    @Test
    void aVoucherLeadsToThePersonAndIsToldNowhere() {
        String patient = "Patient/" + created(hub.post("/Patient", patient(identifier(INSURANCE, "3501000001"))));

        ObjectNode answer = json(resolve(hub, "SANDBOX-3501000001"), 200);

        assertThat(answer.toString()).contains(patient);
        refused(resolve(hub, "SANDBOX-3501999999"), 404, "nobody is known");
        refused(resolve(hub, "SANDBOX-no"), 404, "unknown, used or expired");
        refused(seen(hub.get("/Person/$resolve?identifier=" + TOKENS + "|SANDBOX-3501000001")), 400, "body only");
        refused(seen(hub.get("/Patient?identifier=" + TOKENS + "|SANDBOX-3501000001")), 400, "e-voucher");
        refused(seen(hub.get("/Observation?patient.identifier=" + TOKENS + "|SANDBOX-3501000001")), 400, "e-voucher");
        refused(
                seen(hub.get("/Patient/$ihe-pix?sourceIdentifier=" + TOKENS + "|SANDBOX-3501000001")),
                400,
                "sourceIdentifier");
        requireUntold("SANDBOX-");
    }

    @Test
    void aVoucherOfTwoPersonsIsLeftToASteward() {
        hub.post("/Patient", patient(identifier(INSURANCE, "3501000002")));
        hub.post("/Patient", patient(identifier(RESIDENT_ID, "11010519491231002X")));

        refused(resolve(hub, "SANDBOX-3501000002-11010519491231002X"), 412, "2 persons");
        requireUntold("SANDBOX-");
    }

    @Test
    void noResourceKeepsAToken() {
        refused(seen(hub.post("/Patient", patient(identifier(TOKENS, "SANDBOX-3501000003")))), 422, "never");
        refused(seen(hub.post("/Observation", """
                        {"resourceType":"Observation","status":"final","code":{"text":"x"},
                         "subject":{"identifier":%s}}""".formatted(identifier(TOKENS, "SANDBOX-3501000003")))), 422, "never");
        refused(
                seen(hub.post(
                        "/Patient",
                        "{\"resourceType\":\"Patient\"}",
                        "If-None-Exist",
                        "identifier=" + TOKENS + "|SANDBOX-3501000003")),
                400,
                "e-voucher");
        refused(
                seen(hub.post("/Bundle", """
                        {"resourceType":"Bundle","type":"collection","entry":[{"resource":%s}]}""".formatted(patient(identifier(TOKENS, "SANDBOX-3501000003"))))),
                422,
                "never");
        requireUntold("SANDBOX-");
    }

    @Test
    void withoutAPlatformATokenIsToldToBeNotConfigured() {
        try (TestHub other = TestHub.startWith(Map.of("HUB_INSURANCE_TOKENS", "off"))) {
            refused(resolve(other, "SANDBOX-3501000001"), 422, "not configured");
            refused(other.get("/Person/x/$health-card"), 404, "not offered");
            assertThat(other.get("/metadata").body()).doesNotContain("health-card\"");
        }
        requireUntold("SANDBOX-");
    }

    @Test
    void theCardOfAResidentIsMadeAndHeldAgainstWhatIsShown() {
        hub.post("/Patient", patient(identifier(RESIDENT_ID, "11010020171225006X"), identifier(INDEX, MINDEX)));
        hub.post("/Patient", patient(identifier(RESIDENT_ID, "11010020171225006X"), identifier(HEALTH_CARD, CARD)));
        String other = CARD.replace("98FF", "98FE");
        hub.post("/Patient", patient(identifier(RESIDENT_ID, "11010020171225006X"), identifier(HEALTH_CARD, other)));
        String person =
                found(hub.get("/Person?identifier=" + HEALTH_CARD + "|" + CARD)).getFirst();

        ObjectNode answer = json(seen(hub.get("/" + person + "/$health-card")), 200);

        assertThat(answer.at("/parameter/0/valueIdentifier/value").asText()).isEqualTo(CARD);
        assertThat(answer.at("/parameter/1/valueBoolean").asBoolean()).isTrue();
        assertThat(answer.at("/parameter/2/name").asText()).isEqualTo("other");
        assertThat(answer.at("/parameter/2/valueIdentifier/value").asText()).isEqualTo(other);
        assertThat(hub.get("/metadata").body()).contains("Person-health-card");
        requireUntold(ROOT);
        requireUntold(PASSWORD);
    }

    @Test
    void withoutIndexNoCardIsMade() {
        String patient = created(hub.post("/Patient", patient(identifier(RESIDENT_ID, "440524188001010014"))));
        String person = found(hub.get("/Person?link=Patient/" + patient)).getFirst();

        refused(seen(hub.get("/" + person + "/$health-card")), 422, "index");
        refused(seen(hub.get("/Person/nobody/$health-card")), 404, "not known");
        requireUntold(ROOT);
    }
}
