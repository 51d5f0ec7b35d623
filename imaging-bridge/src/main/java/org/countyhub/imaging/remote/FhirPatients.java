package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks {@code Person/$resolve} of the FHIR server who a patient is. Answers are kept for seconds, so that a merge or a split of persons
 * counts at once for all practical purposes; nothing about persons is written down here. While the FHIR server is away a number means
 * the patient of that very number of that source, and it is not asked again for some seconds.
 *
 * <p>A number without an issuer is the asking source's own. Only where that source knows nobody by it, and it is the number of a card that
 * is issued to people by the state (resident ID, e-health card, social security, insurance, passport and the like) and means one
 * person, it stands for that person: the number of a patient of some other hospital never does.
 *
 * <p>The system of a source's patients has to be the preferred address of its NamingSystem, as persons name each number by that.
 */
public final class FhirPatients implements PatientDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(FhirPatients.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
    private static final int MAX_KEPT = 10_000;
    /** What an e-voucher of the insurance shows is good for a counter, not for a query. */
    private static final String VOUCHER = "https://countyhub.org/sid/insurance-token";

    private static final Pattern ADDRESS = Pattern.compile("(?:urn|https?):\\S+");

    /** Identifier systems of cards and papers that tell one person apart throughout the country, as the FHIR server names them. */
    private static final Set<String> CARDS = Set.of(
            "urn:oid:2.16.156.10011.1.3",
            "urn:oid:2.16.840.1.113883.2.23.1.19.1",
            "urn:oid:2.16.840.1.113883.2.23.1.19.2",
            "urn:oid:2.16.156.10011.1.19",
            "urn:oid:2.16.156.10011.1.15",
            "https://countyhub.org/sid/health-card-index",
            "https://countyhub.org/sid/passport",
            "https://countyhub.org/sid/hong-kong-macao-permit",
            "https://countyhub.org/sid/taiwan-permit",
            "https://countyhub.org/sid/birth-certificate");

    /** What the server says of a code: who it means, or that it means nobody or several. */
    private sealed interface Meaning {
        record One(List<Token> identifiers) implements Meaning {}

        record NobodyKnown() implements Meaning {}

        record Several() implements Meaning {}

        /** The server could not be asked. */
        record Unknown() implements Meaning {}
    }

    private final FhirClient client;
    private final Cache<String, Meaning> kept =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).expireAfterWrite(KEPT).build();
    private final AtomicLong leftAloneUntil;

    public FhirPatients(FhirClient client) {
        this.client = client.within(TIMEOUT);
        this.leftAloneUntil = new AtomicLong(System.nanoTime());
    }

    @Override
    public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
        if (issuer == null || issuer.isBlank()) {
            return ownOrCard(asking, id);
        }
        String configured = asking.issuers().get(issuer);
        String system = configured == null ? issuer : configured;
        if (!ADDRESS.matcher(system).matches() || system.equals(VOUCHER)) {
            return Set.of(); // an issuer that nobody can tell
        }
        return samePerson(new PatientKey(system, id));
    }

    private Set<PatientKey> ownOrCard(Source asking, String id) {
        PatientKey own = new PatientKey(asking.patientSystem(), id);
        Meaning meaning = meaning(code(own));
        if (meaning instanceof Meaning.NobodyKnown
                && meaning(id) instanceof Meaning.One(List<Token> identifiers)
                && identifiers.stream().anyMatch(token -> isCard(token, id))) {
            return keys(own, identifiers);
        }
        return keys(own, meaning);
    }

    private static boolean isCard(Token token, String id) {
        return CARDS.contains(token.system()) && folded(token.value()).equals(folded(id));
    }

    private static String folded(String number) {
        return number.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    @Override
    public Set<PatientKey> samePerson(PatientKey patient) {
        return keys(patient, meaning(code(patient)));
    }

    private static Set<PatientKey> keys(PatientKey asked, Meaning meaning) {
        return switch (meaning) {
            case Meaning.One(List<Token> identifiers) -> keys(asked, identifiers);
            case Meaning.NobodyKnown ignored -> Set.of(asked);
            case Meaning.Several ignored -> Set.of(asked);
            case Meaning.Unknown ignored -> Set.of(asked);
        };
    }

    private static Set<PatientKey> keys(PatientKey asked, List<Token> identifiers) {
        Set<PatientKey> keys = new LinkedHashSet<>(Set.of(asked));
        identifiers.forEach(token -> keys.add(new PatientKey(token.system(), token.value())));
        return Set.copyOf(keys);
    }

    /** Nothing is escaped in an identifier that an operation takes. */
    private static String code(PatientKey key) {
        return key.system() + "|" + key.id();
    }

    /** What {@code [system]|[value]} or {@code [value]} means. */
    private Meaning meaning(String code) {
        Meaning known = kept.getIfPresent(code);
        if (known != null) {
            return known;
        }
        if (System.nanoTime() - leftAloneUntil.get() < 0) {
            return new Meaning.Unknown();
        }
        Meaning asked;
        try {
            asked = ask(code);
        } catch (ProblemException e) {
            boolean busy = e.problem() instanceof Problem.Busy;
            if (busy) {
                leftAloneUntil.set(System.nanoTime() + LEFT_ALONE.toNanos());
            }
            LOG.warn("who a patient is could not be asked: {}", e.getMessage());
            return new Meaning.Unknown();
        }
        kept.put(code, asked);
        return asked;
    }

    /** The number stands in the body: addresses are logged. */
    private Meaning ask(String code) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("resourceType", "Parameters");
        parameters.putArray("parameter").addObject().put("name", "identifier").put("valueString", code);
        Answer answer = client.post("Person/$resolve", parameters);
        if (answer.status() == 404) {
            return new Meaning.NobodyKnown();
        }
        if (answer.status() == 412) {
            return new Meaning.Several();
        }
        for (JsonNode parameter : answer.ok().path("parameter")) {
            if (parameter.path("name").asText().equals("person")) {
                return new Meaning.One(Token.all(parameter.path("resource").path("identifier")));
            }
        }
        return new Meaning.NobodyKnown();
    }
}
