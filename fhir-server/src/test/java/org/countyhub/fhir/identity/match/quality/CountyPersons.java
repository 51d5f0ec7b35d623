package org.countyhub.fhir.identity.match.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.countyhub.fhir.identity.Sex;

/**
 * A Chinese county for labels: households that share surname, address and mostly the phone, brothers and sisters who share a
 * character of their names, twins in one birth of fifty, who share one more often and sometimes the sound of the other. Each
 * person has one to four records, as {@link CountyRecords} writes them, in mixed order.
 */
final class CountyPersons {
    private static final Path TABLES = Path.of("../bench/src/main/resources/org/countyhub/bench/county");
    private static final double TWINS = 0.02;
    private static final double SHARED_CHARACTER = 0.4;
    private static final double OWN_PHONE = 0.75;

    private final RandomGenerator random;
    private final List<String> surnames = new ArrayList<>();
    private final List<String[]> givenNames = table("given-names.tsv");
    private final List<String> towns =
            table("towns.tsv").stream().map(row -> row[1]).toList();
    private final List<String> villages = new ArrayList<>();
    private final List<Person> persons = new ArrayList<>();
    private final Map<String, Integer> sequences = new HashMap<>();
    private int births;

    CountyPersons(long seed) {
        random = new Random(seed);
        for (String[] row : table("surnames.tsv")) {
            surnames.addAll(Collections.nCopies(Integer.parseInt(row[1]), row[0]));
        }
        for (int i = 0; i < 400; i++) {
            villages.add(surname() + any("厝 坑 洋 埔 林 山 美 溪 东 西".split(" ")) + any("村 社区".split(" ")));
        }
    }

    /**
     * One of the county.
     *
     * @param birth number of the birth, which twins have in common; 0 for others
     * @param mother whole name of the mother for children, empty for others
     */
    record Person(
            int number,
            int birth,
            String family,
            String given,
            Sex sex,
            LocalDate birthDate,
            String town,
            String line,
            String phone,
            String mother,
            String residentId,
            String card) {}

    /** Records of that many persons. */
    List<Labelled> records(int wanted) {
        while (persons.size() < wanted) {
            addHousehold();
        }
        CountyRecords writer = new CountyRecords(random, persons);
        List<Labelled> records = new ArrayList<>();
        for (Person person : persons) {
            int many = 1 + Math.min(random.nextInt(4), random.nextInt(4));
            for (int i = 0; i < many; i++) {
                records.add(writer.write(person));
            }
        }
        Collections.shuffle(records, new Random(3));
        return records;
    }

    private record Home(String town, String line, String phone) {}

    private void addHousehold() {
        int village = random.nextInt(villages.size());
        Home home = new Home(
                towns.get(village % towns.size()), villages.get(village) + (1 + random.nextInt(300)) + "号", phone());
        int fathersYear = 1935 + random.nextInt(65);
        String surname = surname();
        String mother = surname();
        add(home, surname, given(Sex.MALE, fathersYear), Sex.MALE, day(fathersYear), "", 0);
        int mothersYear = fathersYear + random.nextInt(6) - 2;
        String mothersGiven = given(Sex.FEMALE, mothersYear);
        add(home, mother, mothersGiven, Sex.FEMALE, day(mothersYear), "", 0);
        int year = mothersYear + 20 + random.nextInt(8);
        String shared = "";
        for (int children = random.nextInt(4); children > 0 && year < 2025; children--) {
            Sex sex = random.nextBoolean() ? Sex.MALE : Sex.FEMALE;
            String given = given(sex, year);
            if (!shared.isEmpty() && random.nextDouble() < SHARED_CHARACTER && given.length() == 2) {
                given = shared.charAt(0) + given.substring(1);
            }
            shared = given.length() == 2 ? given : "";
            LocalDate born = day(year);
            if (random.nextDouble() < TWINS) {
                births++;
                add(home, surname, given, sex, born, mother + mothersGiven, births);
                Sex other = random.nextInt(3) > 0 ? sex : random.nextBoolean() ? Sex.MALE : Sex.FEMALE;
                add(home, surname, twin(given, other, year), other, born, mother + mothersGiven, births);
            } else {
                add(home, surname, given, sex, born, mother + mothersGiven, 0);
            }
            year += 1 + random.nextInt(5);
        }
    }

    private String twin(String given, Sex sex, int year) {
        String other = given;
        double kind = random.nextDouble();
        if (kind < 0.1) {
            other = given.substring(0, given.length() - 1) + Typos.homophone(given.charAt(given.length() - 1), random);
        } else if (kind < 0.7 && given.length() == 2) {
            String next = given(sex, year);
            other = given.charAt(0) + next.substring(next.length() - 1);
        }
        while (other.equals(given)) {
            other = given(sex, year);
        }
        return other;
    }

    private void add(Home home, String family, String given, Sex sex, LocalDate born, String mother, int birth) {
        int number = persons.size();
        String phone = born.getYear() < 2010 && random.nextDouble() < OWN_PHONE ? phone() : home.phone;
        String id = residentId(born, sex);
        boolean child = born.getYear() > 2008;
        persons.add(new Person(
                number,
                birth,
                family,
                given,
                sex,
                born,
                home.town,
                home.line,
                phone,
                child ? mother : "",
                id + Typos.checkCharacter(id),
                card()));
    }

    /** 17 digits, given out in order, so that no two persons have the same. */
    private String residentId(LocalDate born, Sex sex) {
        String day = any("350583 350521 350582 350525 350502".split(" "))
                + born.toString().replace("-", "");
        int next = sequences.merge(day + sex, 1, Integer::sum);
        return day + "%03d".formatted(2 * next + (sex == Sex.MALE ? 1 : 0));
    }

    private String given(Sex sex, int year) {
        String[] row = givenNames.getFirst();
        for (String[] next : givenNames) {
            if (next[1].equals(sex == Sex.MALE ? "M" : "F") && Integer.parseInt(next[0]) <= Math.max(1920, year)) {
                row = next;
            }
        }
        char last = row[3].charAt(random.nextInt(row[3].length()));
        return random.nextInt(8) == 0
                ? String.valueOf(last)
                : row[2].charAt(random.nextInt(row[2].length())) + "" + last;
    }

    private LocalDate day(int year) {
        return LocalDate.of(Math.min(year, 2025), 1, 1).plusDays(random.nextInt(365));
    }

    private String phone() {
        return any("134 135 136 137 138 139 150 151 158 159 177 180 185 189".split(" "))
                + "%08d".formatted(random.nextInt(100_000_000));
    }

    private String card() {
        return "35058" + (10_000_000 + random.nextInt(90_000_000));
    }

    private String surname() {
        return surnames.get(random.nextInt(surnames.size()));
    }

    private String any(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private static List<String[]> table(String name) {
        try {
            return Files.readAllLines(TABLES.resolve(name)).stream()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
