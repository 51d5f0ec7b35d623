package org.countyhub.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * One kind of search, such as Patient by name, with searches of that kind drawn from the loaded data; some without hits,
 * some with nearly everything.
 *
 * @param queries relative to the base, encoded
 */
record SearchGroup(String name, List<String> queries) {
    private static final int QUERIES = 48;
    private static final List<String> DATE_PREFIXES = List.of("eq", "ne", "gt", "lt", "ge", "le", "sa", "eb");
    private static final List<String> QUANTITY_PREFIXES = List.of("", "eq", "ne", "gt", "lt", "ge", "le", "ap");
    private static final List<String> QUANTITIES = List.of("5.1", "7.25", "40", "120", "140.0", "0", "99999");
    private static final String LOINC = "http://loinc.org|";

    /** The 24 groups of workload 3. */
    static List<SearchGroup> all(Dataset dataset, ClinicVisits visits) {
        return new Builder(dataset, visits).all();
    }

    private static final class Builder {
        private final SplittableRandom random = new SplittableRandom(24);
        private final List<SearchGroup> groups = new ArrayList<>();
        private final Dataset dataset;
        private final ClinicVisits visits;

        Builder(Dataset dataset, ClinicVisits visits) {
            this.dataset = dataset;
            this.visits = visits;
        }

        List<SearchGroup> all() {
            strings();
            dates();
            tokens();
            quantities();
            references();
            return List.copyOf(groups);
        }

        private void strings() {
            string("Patient", "name", () -> People.pick(random.nextBoolean() ? People.FAMILIES : People.GIVEN, random));
            string(
                    "Patient",
                    "address",
                    () -> People.pick(random.nextBoolean() ? People.CITIES : People.STREETS, random));
            string("Organization", "name", () -> People.pick(People.CITIES, random) + " Hosp");
        }

        private void string(String type, String parameter, Supplier<String> value) {
            group(type, parameter, () -> {
                String text = random.nextInt(8) == 0 ? "Zzyzx" : value.get();
                boolean inside = random.nextBoolean();
                String part = inside && text.length() > 3 ? text.substring(1) : text;
                return (inside ? ":contains=" : "=") + FhirBase.encode(part);
            });
        }

        private void dates() {
            date("Patient", "birthdate", () -> dataset.orders()
                    .people()
                    .birthDate(dataset.anyPerson(random))
                    .toString());
            date("Observation", "date", this::clinicalDate);
            date("Encounter", "date", this::clinicalDate);
        }

        private String clinicalDate() {
            int day = random.nextInt(1, 29);
            int month = random.nextInt(1, 4);
            return random.nextBoolean() ? "2024-%02d".formatted(month) : "2024-%02d-%02d".formatted(month, day);
        }

        private void date(String type, String parameter, Supplier<String> value) {
            group(type, parameter, () -> {
                String prefix = People.pick(DATE_PREFIXES, random);
                return "=" + prefix
                        + switch (random.nextInt(6)) {
                            case 0 -> "1900-01-01";
                            case 1 -> "2199";
                            default -> value.get();
                        };
            });
        }

        private void tokens() {
            token("Observation", "category", List.of("laboratory", "vital-signs", "imaging"));
            token("Observation", "code", codes());
            token("Encounter", "status", ClinicVisits.STATUSES);
            token("Encounter", "class", ClinicVisits.CLASSES);
        }

        private static List<String> codes() {
            return Analyte.PANELS.stream()
                    .flatMap(panel -> panel.analytes().stream())
                    .map(analyte -> LOINC + analyte.loinc())
                    .toList();
        }

        private void token(String type, String parameter, List<String> values) {
            group(type, parameter, () -> {
                String value = People.pick(values, random);
                return "="
                        + FhirBase.encode(
                                switch (random.nextInt(4)) {
                                    case 0 -> value + "," + People.pick(values, random) + ",no-such-code";
                                    case 1 -> value.startsWith(LOINC) ? value.substring(LOINC.length()) : value;
                                    case 2 -> random.nextInt(3) == 0 ? "no-such-code" : value;
                                    default -> value;
                                });
            });
        }

        private void quantities() {
            List<String> codes = codes();
            List<String> pressures = List.of(LOINC + "8480-6", LOINC + "8462-4");
            List<String> either = List.of(codes.get(2), codes.get(12), pressures.getFirst());
            for (String parameter : List.of("value-quantity", "component-value-quantity", "combo-value-quantity")) {
                group("Observation", parameter, () -> "=" + FhirBase.encode(quantity()));
            }
            composite("code-value-quantity", codes);
            composite("component-code-value-quantity", pressures);
            composite("combo-code-value-quantity", either);
        }

        private void composite(String parameter, List<String> codes) {
            group("Observation", parameter, () -> "=" + FhirBase.encode(People.pick(codes, random) + "$" + quantity()));
        }

        private String quantity() {
            String unit = random.nextInt(4) == 0 ? "|http://unitsofmeasure.org|g/L" : "";
            return People.pick(QUANTITY_PREFIXES, random) + People.pick(QUANTITIES, random) + unit;
        }

        private void references() {
            LabOrders orders = dataset.orders();
            Supplier<String> patient = () -> dataset.patient(dataset.anyPerson(random));
            Supplier<String> encounter = () -> People.pick(visits.encounters(), random);
            Supplier<String> doctor = () -> People.pick(orders.doctors(), random);
            Supplier<String> laboratory = () -> People.pick(orders.laboratories(), random);
            reference("Observation", "subject", patient);
            reference("Observation", "encounter", encounter);
            reference("Observation", "performer", () -> random.nextBoolean() ? laboratory.get() : doctor.get());
            reference("Encounter", "subject", patient);
            reference("Encounter", "participant", doctor);
            reference("MedicationRequest", "subject", patient);
            reference("MedicationRequest", "encounter", encounter);
            reference("MedicationRequest", "requester", doctor);
        }

        private void reference(String type, String parameter, Supplier<String> value) {
            group(type, parameter, () -> {
                String reference = value.get();
                return "=" + (random.nextInt(10) == 0 ? reference + "-none" : reference);
            });
        }

        private void group(String type, String parameter, Supplier<String> tail) {
            List<String> queries = new ArrayList<>(QUERIES);
            for (int i = 0; i < QUERIES; i++) {
                queries.add(type + "?" + parameter + tail.get() + "&_count=20");
            }
            groups.add(new SearchGroup(type + "?" + parameter, List.copyOf(queries)));
        }
    }
}
