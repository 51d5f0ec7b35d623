package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.worklist.WorklistSource;
import org.jspecify.annotations.Nullable;

/**
 * The worklist of a hospital from the FHIR server: its active ServiceRequests, which are those with an accession number of its own system,
 * that name a modality. Whose an order is, is told by the hospital's own number for that person; where it has none, or several, the order is
 * left out rather than scheduled under a number that could be another's.
 */
public final class FhirWorklist implements WorklistSource {
    private static final String MOST = "500";
    private static final int PATIENTS_AT_ONCE = 100;
    private static final DateTimeFormatter DA = DateTimeFormatter.BASIC_ISO_DATE;

    private final FhirClient client;
    private final PatientDirectory directory;
    private final ZoneId zone;

    public FhirWorklist(FhirClient client, PatientDirectory directory, ZoneId zone) {
        this.client = client;
        this.directory = directory;
        this.zone = zone;
    }

    @Override
    public List<Dataset> scheduled(Source hospital, Wanted wanted) {
        List<JsonNode> orders = client.search("ServiceRequest", parameters(hospital, wanted));
        Map<String, JsonNode> patients = patients(orders);
        List<Dataset> items = new ArrayList<>();
        for (JsonNode order : orders) {
            JsonNode patient = patients.get(subject(order));
            if (patient != null) {
                number(patient, hospital)
                        .flatMap(id ->
                                new ScheduledOrder(order, hospital, zone).item(patient, id, wanted.stationAeTitle()))
                        .ifPresent(items::add);
            }
        }
        items.sort(Comparator.comparing(FhirWorklist::start));
        return items;
    }

    private static String start(Dataset item) {
        Dataset step = item.items(Tag.ScheduledProcedureStepSequence).getFirst();
        return step.string(Tag.ScheduledProcedureStepStartDate, "")
                + step.string(Tag.ScheduledProcedureStepStartTime, "");
    }

    private static Map<String, String> parameters(Source hospital, Wanted wanted) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("status", "active");
        parameters.put(
                "identifier",
                new Token(hospital.accessionSystem(), Objects.requireNonNullElse(wanted.accessionNumber(), ""))
                        .search());
        occurrence(wanted).ifPresent(bound -> parameters.put("occurrence", bound));
        parameters.put("_sort", "-authored");
        parameters.put("_count", MOST);
        return parameters;
    }

    /** A day, or one bound of several days: whoever asked narrows down what is found. */
    private static Optional<String> occurrence(Wanted wanted) {
        Optional<LocalDate> from = DicomTime.date(wanted.fromDate());
        Optional<LocalDate> to = DicomTime.date(wanted.toDate());
        if (from.isPresent() && from.equals(to)) {
            return from.map(LocalDate::toString);
        }
        return from.map(date -> "ge" + date).or(() -> to.map(date -> "le" + date));
    }

    private @Nullable String subject(JsonNode order) {
        return client.local(order.path("subject").path("reference").asText());
    }

    /** The subjects of orders by their references. */
    private Map<String, JsonNode> patients(List<JsonNode> orders) {
        TreeSet<String> ids = new TreeSet<>();
        for (JsonNode order : orders) {
            String subject = subject(order);
            if (subject != null && subject.startsWith("Patient/")) {
                ids.add(subject.substring("Patient/".length()));
            }
        }
        Map<String, JsonNode> patients = new HashMap<>();
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += PATIENTS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + PATIENTS_AT_ONCE));
            Map<String, String> parameters =
                    Map.of("_id", String.join(",", some), "_count", Integer.toString(PATIENTS_AT_ONCE));
            for (JsonNode patient : client.search("Patient", parameters)) {
                patients.put("Patient/" + patient.path("id").asText(), patient);
            }
        }
        return patients;
    }

    /** The one number by which the hospital knows the patient. */
    private Optional<String> number(JsonNode patient, Source hospital) {
        List<Token> tokens = Token.all(patient.path("identifier"));
        List<String> own =
                numbers(tokens.stream().map(token -> new PatientKey(token.system(), token.value())), hospital);
        if (own.isEmpty()) {
            own = numbers(
                    tokens.stream()
                            .flatMap(token ->
                                    directory.samePerson(new PatientKey(token.system(), token.value())).stream()),
                    hospital);
        }
        return own.size() == 1 ? Optional.of(own.getFirst()) : Optional.empty();
    }

    private static List<String> numbers(Stream<PatientKey> keys, Source hospital) {
        return keys.filter(key -> key.system().equals(hospital.patientSystem()))
                .map(PatientKey::id)
                .distinct()
                .toList();
    }

    /** A date as DICOM writes it. */
    static String da(LocalDate date) {
        return DA.format(date);
    }
}
