package org.countyhub.bench.county;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Draws who was sent where, when and for what. Safe for threads: every order has its own generator. */
final class Orders {
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final int DAYS_BACK = 365;
    // Pathology takes days: the last orders lie far enough back that every report is out before today.
    private static final int DAYS_TO_FINISH = 7;
    private static final int TRIES = 2_000;

    private static final Lot<ReportKind> KINDS = Lot.of(List.of(ReportKind.values()), kind -> switch (kind) {
        case LABORATORY -> 80;
        case IMAGING -> 14;
        case ELECTROCARDIOGRAM -> 4;
        case PATHOLOGY -> 2;
    });
    private static final Lot<Map.Entry<String, Integer>> STATUSES = Lot.of(
            List.of(Map.entry("final", 94), Map.entry("preliminary", 3), Map.entry("amended", 3)), Map.Entry::getValue);

    private final long seed;
    private final LocalDate today;
    private final List<Person> persons;

    Orders(long seed, LocalDate today, List<Person> persons) {
        this.seed = seed;
        this.today = today;
        this.persons = persons;
    }

    Order any(int index) {
        RandomGenerator random = Lot.generator(Lot.seed(seed, index));
        ReportKind kind = KINDS.draw(random);
        return draw(index, kind, random)
                .or(() -> draw(index, ReportKind.LABORATORY, random))
                .orElseThrow();
    }

    Order ofKind(int index, ReportKind kind) {
        return draw(index, kind, Lot.generator(Lot.seed(seed, index)))
                .orElseThrow(
                        () -> new IllegalArgumentException("no one in this county can have a report of kind " + kind));
    }

    private Optional<Order> draw(int index, ReportKind kind, RandomGenerator random) {
        for (int i = 0; i < TRIES; i++) {
            Person person = patient(random);
            Registration registration = Lot.any(person.registrations(), random);
            List<Department> departments = performing(kind, registration.hospital(), person);
            if (!departments.isEmpty()) {
                return Optional.of(order(index, kind, person, registration, Lot.any(departments, random), random));
            }
        }
        return Optional.empty();
    }

    // The older of two, mostly: old people are sent more often.
    private Person patient(RandomGenerator random) {
        Person one = Lot.any(persons, random);
        Person other = Lot.any(persons, random);
        boolean oneIsOlder = one.birthDate().isBefore(other.birthDate());
        return oneIsOlder == Lot.chance(0.75, random) ? one : other;
    }

    private List<Department> performing(ReportKind kind, Hospital hospital, Person person) {
        int age = person.ageOn(today.minusDays(DAYS_BACK));
        return switch (kind) {
            case LABORATORY -> hospital.departments(Service.LABORATORY);
            case IMAGING -> {
                List<Department> departments = new ArrayList<>(hospital.departments(Service.ULTRASOUND));
                departments.addAll(hospital.departments(Service.RADIOLOGY));
                yield person.mother() == null ? departments : List.of();
            }
            case ELECTROCARDIOGRAM -> age < 14 ? List.of() : hospital.departments(Service.ELECTROCARDIOGRAPHY);
            case PATHOLOGY -> age < 25 ? List.of() : hospital.departments(Service.PATHOLOGY);
        };
    }

    private Order order(
            int index,
            ReportKind kind,
            Person person,
            Registration registration,
            Department department,
            RandomGenerator random) {
        Hospital hospital = registration.hospital();
        OffsetDateTime ordered = day(person, random)
                .atTime(7, 30)
                .plusSeconds(random.nextInt(9 * 3600))
                .atOffset(CHINA);
        OffsetDateTime performed = ordered.plusSeconds(600 + random.nextInt(4800));
        List<Doctor> authors = hospital.doctors(department.service());
        return new Order(
                random.nextLong(),
                hospital.prefix() + ordered.format(DateTimeFormatter.ofPattern("uuuuMMdd")) + "-%04d".formatted(index),
                kind,
                person,
                registration,
                department,
                Lot.any(hospital.doctors(Service.CLINIC), random),
                Lot.any(authors, random),
                ordered,
                performed,
                performed.plusSeconds(turnaroundSeconds(kind, random)),
                STATUSES.draw(random).getKey());
    }

    private LocalDate day(Person person, RandomGenerator random) {
        long daysOld = ChronoUnit.DAYS.between(person.birthDate(), today);
        if (daysOld <= DAYS_TO_FINISH + 1) {
            return today.minusDays(1);
        }
        int days = (int) Math.min(daysOld - 1, DAYS_BACK) - DAYS_TO_FINISH;
        return today.minusDays(DAYS_TO_FINISH + random.nextInt(days));
    }

    // Log-normal about the median; the factor stays below five, so that pathology is out within DAYS_TO_FINISH.
    private static long turnaroundSeconds(ReportKind kind, RandomGenerator random) {
        double medianMinutes =
                switch (kind) {
                    case LABORATORY -> 75;
                    case IMAGING -> 50;
                    case ELECTROCARDIOGRAM -> 12;
                    case PATHOLOGY -> 2 * 24 * 60;
                };
        double factor = Math.exp(0.35 * Math.clamp(random.nextGaussian(), -2.5, 2.5));
        return Math.round(medianMinutes * 60 * factor);
    }
}
