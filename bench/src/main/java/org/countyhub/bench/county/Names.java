package org.countyhub.bench.county;

import java.util.List;
import java.util.random.RandomGenerator;

/** Names as people of the county have them: surnames by frequency, given names by sex and generation. */
final class Names {
    private static final double SHARE_OF_SINGLE_CHARACTER = 0.12;
    private static final double SHARE_OF_DOUBLED_CHARACTER = 0.03;

    private static final Lot<Table.Row> SURNAMES = Lot.of(Table.read("surnames.tsv"), row -> row.number(1));
    private static final List<Generation> GENERATIONS = Table.read("given-names.tsv").stream()
            .map(row -> new Generation(row.number(0), Sex.ofLetter(row.text(1)), row.characters(2), row.characters(3)))
            .toList();
    private static final List<Minority> MINORITIES = Table.read("minority-names.tsv").stream()
            .map(row -> new Minority(row.text(0), Sex.ofLetter(row.text(1)), row.words(2), row.words(3)))
            .toList();

    private Names() {}

    private record Generation(int fromYear, Sex sex, List<String> first, List<String> last) {}

    private record Minority(String region, Sex sex, List<String> first, List<String> last) {}

    /** A name with “·” and the region its bearer's ID comes from. */
    record FarName(String region, PersonName name) {}

    static String surname(RandomGenerator random) {
        return SURNAMES.draw(random).text(0);
    }

    static PersonName adult(Sex sex, int birthYear, RandomGenerator random) {
        return new PersonName(surname(random), given(sex, birthYear, random));
    }

    static String given(Sex sex, int birthYear, RandomGenerator random) {
        Generation generation = GENERATIONS.getFirst();
        for (Generation next : GENERATIONS) {
            if (next.sex == sex && (next.fromYear <= birthYear || generation.sex != sex)) {
                generation = next;
            }
        }
        String last = Lot.any(generation.last, random);
        if (Lot.chance(SHARE_OF_SINGLE_CHARACTER, random)) {
            return last;
        }
        if (birthYear >= 1985 && Lot.chance(SHARE_OF_DOUBLED_CHARACTER, random)) {
            return last + last;
        }
        return Lot.any(generation.first, random) + last;
    }

    static FarName minority(Sex sex, RandomGenerator random) {
        List<Minority> candidates =
                MINORITIES.stream().filter(minority -> minority.sex == sex).toList();
        Minority minority = Lot.any(candidates, random);
        String text = Lot.any(minority.first, random) + "·" + Lot.any(minority.last, random);
        return new FarName(minority.region, new PersonName("", text));
    }

    /** What a hospital writes for a newborn before it has a name: 李四之子, or 李四之次女 for the second of twins. */
    static PersonName newborn(PersonName mother, Sex sex, int birthOrder) {
        String order =
                switch (birthOrder) {
                    case 0 -> "";
                    case 1 -> "长";
                    case 2 -> "次";
                    default -> throw new IllegalArgumentException("no more than twins");
                };
        return new PersonName("", mother.text() + "之" + order + (sex == Sex.MALE ? "子" : "女"));
    }
}
