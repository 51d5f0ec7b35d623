package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.countyhub.imaging.access.CareRecord;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.study.PatientKey;

/**
 * Doctors by their PractitionerRoles, care by Encounters under way and by active ServiceRequests that the hospital or the doctor has made, or that
 * the hospital is to perform, such as the reading of an image from elsewhere (R4 sections 8.5, 8.11 and 12.4).
 */
public final class FhirCareRecord implements CareRecord {
    /** Whoever waits for an image holds a thread of the server. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final String MOST_ROLES = "50";

    private final FhirClient client;
    private final Set<String> roles;
    private final ZoneId zone;
    private final Clock clock;

    /**
     * A record.
     *
     * @param roles codes of PractitionerRole.code that may look at images, each as {@code [system]|[code]}
     * @param zone in which a period begins and ends
     */
    public FhirCareRecord(FhirClient client, Set<String> roles, ZoneId zone, Clock clock) {
        this.client = client.within(TIMEOUT);
        this.roles = Set.copyOf(roles);
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public boolean practises(Reader reader) {
        return roles(reader).stream().filter(role -> isHeld(role, reader)).anyMatch(this::isActivePractitioner);
    }

    private List<JsonNode> roles(Reader reader) {
        if (reader.requester().startsWith("PractitionerRole/")) {
            return read(reader.requester());
        }
        return client.search(
                "PractitionerRole",
                Map.of(
                        "practitioner",
                        reader.requester(),
                        "organization",
                        reader.organization(),
                        "_count",
                        MOST_ROLES));
    }

    /** The resource; none where it is not there or not there any more. */
    private List<JsonNode> read(String reference) {
        Answer answer = client.get(reference);
        return answer.status() == 404 || answer.status() == 410 ? List.of() : List.of(answer.ok());
    }

    private boolean isHeld(JsonNode role, Reader reader) {
        return isActive(role)
                && reader.organization()
                        .equals(client.local(
                                role.path("organization").path("reference").asText()))
                && isNow(role.path("period"))
                && mayLook(role.path("code"));
    }

    /** Both PractitionerRole and Practitioner are active where they do not say otherwise. */
    private static boolean isActive(JsonNode resource) {
        return resource.path("active").asBoolean(true);
    }

    private boolean mayLook(JsonNode concepts) {
        for (JsonNode concept : concepts) {
            for (JsonNode coding : concept.path("coding")) {
                if (roles.contains(coding.path("system").asText() + "|"
                        + coding.path("code").asText())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A date that is given to the year or the month holds for all of it (R4 section 2.24.0.5), its last day included. */
    private boolean isNow(JsonNode period) {
        String today = LocalDate.ofInstant(clock.instant(), zone).toString();
        String start = period.path("start").asText();
        String end = period.path("end").asText();
        return (start.isEmpty() || day(today, start).compareTo(day(start, today)) >= 0)
                && (end.isEmpty() || day(today, end).compareTo(day(end, today)) <= 0);
    }

    /** As many characters of a date or a moment as both have, up to the day. */
    private static String day(String date, String other) {
        return date.substring(0, Math.min(date.length(), Math.min(other.length(), "2026-01-01".length())));
    }

    private boolean isActivePractitioner(JsonNode role) {
        String practitioner =
                client.local(role.path("practitioner").path("reference").asText());
        return practitioner != null && read(practitioner).stream().anyMatch(FhirCareRecord::isActive);
    }

    @Override
    public boolean inCare(Reader reader, Set<PatientKey> patients) {
        String numbers = patients.stream()
                .map(key -> new Token(key.system(), key.id()).search())
                .sorted()
                .collect(Collectors.joining(","));
        return isAny(
                        "Encounter",
                        numbers,
                        Map.of(
                                "service-provider",
                                reader.organization(),
                                "status",
                                "arrived,triaged,in-progress,onleave"))
                || isAny(
                        "ServiceRequest",
                        numbers,
                        Map.of("status", "active", "requester", reader.organization() + "," + reader.requester()))
                || isAny("ServiceRequest", numbers, Map.of("status", "active", "performer", reader.organization()));
    }

    private boolean isAny(String type, String numbers, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("person.identifier", numbers);
        all.put("_count", "1");
        return !client.search(type, all).isEmpty();
    }
}
