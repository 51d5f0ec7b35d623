package org.countyhub.fhir.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Records and questions about them, few of each value so that they meet; and the answers by plain reading. */
final class RandomObservations {
    static final List<String> PATIENTS = List.of("p0", "p1", "p2", "p3", "p4");
    private static final List<String> NAMES = List.of("Bao", "Baoshan", "bào", "Chen", "Zhang-Li");
    private static final List<String> SYSTEMS = List.of("", "urn:s1", "urn:s2");
    private static final List<String> CODES = List.of("a", "b", "c");
    private static final List<String> PREFIXES = List.of("", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 60;

    private RandomObservations() {}

    /** A code as it is kept: without system when that is empty. */
    record Code(String system, String code) {}

    /** A date as FHIR writes it, and the time it covers; high is exclusive. */
    record Dated(String text, Instant low, Instant high) {}

    /** What the oracle knows of an observation; low is the beginning of time when it has no date. */
    record Observed(
            String id,
            List<Code> codes,
            @Nullable String patient,
            @Nullable Dated from,
            @Nullable Dated to,
            String json) {
        Instant low() {
            return from == null ? Instant.MIN : from.low();
        }

        Instant high() {
            return to == null ? Instant.MIN : to.high();
        }
    }

    /** A condition as it stands in a query, and whether a record meets it. */
    record Question(String query, Predicate<Observed> holds) {}

    /** Patient pN is called by the N-th name and has identifier urn:s1|N. */
    static String patient(String id) {
        int number = PATIENTS.indexOf(id);
        return """
            {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}],
             "identifier":[{"system":"urn:s1","value":"%d"}]}\
            """.formatted(id, NAMES.get(number), number);
    }

    static Observed next(String id, Random random) {
        List<Code> codes = new ArrayList<>();
        StringBuilder codings = new StringBuilder();
        for (int i = random.nextInt(2) + 1; i > 0; i--) {
            Code code = new Code(one(SYSTEMS, random), one(CODES, random));
            codes.add(code);
            codings.append(codings.isEmpty() ? "" : ",")
                    .append(code.system().isEmpty() ? "{" : "{\"system\":\"" + code.system() + "\",")
                    .append("\"code\":\"")
                    .append(code.code())
                    .append("\"}");
        }
        String patient = random.nextInt(5) == 0 ? null : one(PATIENTS, random);
        Dated from = random.nextInt(6) == 0 ? null : date(random);
        Dated to = from;
        String dated = "";
        if (from != null && random.nextInt(3) == 0) {
            Dated end = date(random);
            if (end.low().isBefore(from.low()) || !end.high().isAfter(from.low())) {
                end = from;
            }
            to = end;
            dated = ",\"effectivePeriod\":{\"start\":\"" + from.text() + "\",\"end\":\"" + end.text() + "\"}";
        } else if (from != null) {
            dated = ",\"effectiveDateTime\":\"" + from.text() + "\"";
        }
        String json = """
            {"resourceType":"Observation","id":"%s","status":"final","code":{"coding":[%s]}%s%s}\
            """.formatted(
                id, codings, patient == null ? "" : ",\"subject\":{\"reference\":\"Patient/" + patient + "\"}", dated);
        return new Observed(id, codes, patient, from, to, json);
    }

    private static <T> T one(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Dated date(Random random) {
        LocalDate day = FIRST.plusDays(random.nextInt(DAYS));
        return switch (random.nextInt(4)) {
            case 0 -> {
                LocalDate first = day.withDayOfMonth(1);
                yield new Dated(first.toString().substring(0, 7), start(first), start(first.plusMonths(1)));
            }
            case 1 -> {
                Instant instant = start(day).plusSeconds(3600L * random.nextInt(24));
                yield new Dated(instant.toString(), instant, instant.plusSeconds(1));
            }
            default -> new Dated(day.toString(), start(day), start(day.plusDays(1)));
        };
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    /** One to three conditions of different kinds. */
    static List<Question> questions(Random random) {
        List<Question> questions = new ArrayList<>();
        for (int i = random.nextInt(3) + 1; i > 0; i--) {
            questions.add(
                    switch (random.nextInt(6)) {
                        case 0 -> codeQuestion(random);
                        case 1 -> patientQuestion(random);
                        case 2 -> nameQuestion(random);
                        case 3 -> identifierQuestion(random);
                        default -> dateQuestion(random);
                    });
        }
        return questions;
    }

    private static Question codeQuestion(Random random) {
        String system = one(SYSTEMS, random);
        String code = one(CODES, random);
        String other = one(CODES, random);
        return switch (random.nextInt(3)) {
            case 0 ->
                new Question("code=" + code, o -> o.codes().stream()
                        .anyMatch(c -> c.code().equals(code)));
            case 1 ->
                new Question("code=" + system + "%7C" + code, o -> o.codes().contains(new Code(system, code)));
            default ->
                new Question(
                        "code=" + other + "," + system + "%7C" + code,
                        o -> o.codes().contains(new Code(system, code))
                                || o.codes().stream().anyMatch(c -> c.code().equals(other)));
        };
    }

    private static Question patientQuestion(Random random) {
        String patient = one(PATIENTS, random);
        String other = one(PATIENTS, random);
        return switch (random.nextInt(3)) {
            case 0 -> new Question("subject=Patient/" + patient, o -> patient.equals(o.patient()));
            case 1 -> new Question("patient=" + patient, o -> patient.equals(o.patient()));
            default ->
                new Question(
                        "subject=Patient/" + patient + ",Patient/" + other,
                        o -> patient.equals(o.patient()) || other.equals(o.patient()));
        };
    }

    /** Without accents and case, Bao, Baoshan and bào begin with bao. */
    private static Question nameQuestion(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Question("subject:Patient.name=bao", o -> isAmong(o, "p0", "p1", "p2"));
            case 1 -> new Question("patient.family:exact=Bao", o -> isAmong(o, "p0"));
            default -> new Question("patient.family=zhang%20li,CHEN", o -> isAmong(o, "p3", "p4"));
        };
    }

    private static Question identifierQuestion(Random random) {
        int number = random.nextInt(PATIENTS.size());
        return new Question("patient.identifier=urn:s1%7C" + number, o -> PATIENTS.get(number)
                .equals(o.patient()));
    }

    private static boolean isAmong(Observed observed, String... patients) {
        return observed.patient() != null && List.of(patients).contains(observed.patient());
    }

    private static Question dateQuestion(Random random) {
        Dated date = date(random);
        String prefix = one(PREFIXES, random);
        return new Question("date=" + prefix + date.text(), o -> o.from() != null && compares(prefix, o, date));
    }

    /** The table of section 3.1.1.4.5, word by word; a range is what a date covers. */
    private static boolean compares(String prefix, Observed target, Dated search) {
        boolean contained =
                !target.low().isBefore(search.low()) && !target.high().isAfter(search.high());
        boolean reachesAbove = target.high().isAfter(search.high());
        boolean reachesBelow = target.low().isBefore(search.low());
        return switch (prefix) {
            case "", "eq" -> contained;
            case "ne" -> !contained;
            case "gt" -> reachesAbove;
            case "lt" -> reachesBelow;
            case "ge" -> reachesAbove || contained;
            case "le" -> reachesBelow || contained;
            case "sa" -> !target.low().isBefore(search.high());
            case "eb" -> !target.high().isAfter(search.low());
            default -> throw new IllegalArgumentException(prefix);
        };
    }
}
