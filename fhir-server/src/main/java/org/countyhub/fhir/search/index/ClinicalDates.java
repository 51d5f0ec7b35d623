package org.countyhub.fhir.search.index;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which DATE parameter tells when the event that a record speaks of took place, or else when it was recorded. */
final class ClinicalDates {
    /** Types whose date has a name of its own, or where a usual name means something else. */
    private static final Map<String, String> OF_TYPE = Map.ofEntries(
            Map.entry("ChargeItem", "occurrence"),
            Map.entry("Communication", "sent"),
            Map.entry("Condition", "recorded-date"),
            Map.entry("DetectedIssue", "identified"),
            Map.entry("Goal", "start-date"),
            Map.entry("MedicationAdministration", "effective-time"),
            Map.entry("MedicationDispense", "whenhandedover"),
            // Its date is the dosage's, which repeats.
            Map.entry("MedicationRequest", "authoredon"),
            Map.entry("MedicationStatement", "effective"),
            Map.entry("NutritionOrder", "datetime"),
            Map.entry("Provenance", "recorded"),
            Map.entry("Specimen", "collected"),
            Map.entry("VisionPrescription", "datewritten"));

    /** Tried in this order for every other type. */
    private static final List<String> USUAL =
            List.of("date", "started", "authored", "authored-on", "created", "issued", "period", "start", "timestamp");

    private ClinicalDates() {}

    /** The code among a type's DATE parameters, or null when none dates the record. */
    static @Nullable String of(String type, Set<String> dateCodes) {
        String special = OF_TYPE.get(type);
        return special != null
                ? special
                : USUAL.stream().filter(dateCodes::contains).findFirst().orElse(null);
    }
}
