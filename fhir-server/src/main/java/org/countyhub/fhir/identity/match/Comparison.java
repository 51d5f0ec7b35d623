package org.countyhub.fhir.identity.match;

import java.util.List;
import org.countyhub.fhir.identity.Sex;
import org.countyhub.fhir.identity.match.names.ComparableName;
import org.countyhub.fhir.identity.match.names.Edits;
import org.countyhub.fhir.identity.match.names.Likeness;
import org.countyhub.fhir.identity.match.names.NameComparison;

/**
 * Two records compared field by field. Where a field has several values, the best pair counts.
 *
 * @param family the surname on which both agree, whose frequency decides what that is worth; empty where they do not
 * @param given the given names on which both agree; empty where they do not
 */
public record Comparison(Pattern pattern, String family, String given) {
    private static final int SHORTEST_PHONE_WITH_SLIPS = 7;

    public static Comparison of(Traits a, Traits b) {
        NameComparison name = NameComparison.best(a.names(), b.names());
        Level birthDate = birthDate(a.birthDates(), b.birthDates());
        Level sex = sex(a.sex(), b.sex());
        if (Codes.shareResidentId(a.codes(), b.codes())) {
            // The number holds both.
            birthDate = birthDate == Level.EQUAL ? Level.IMPLIED : birthDate;
            sex = sex == Level.EQUAL ? Level.IMPLIED : sex;
        }
        Pattern pattern = Pattern.EMPTY
                .with(Field.NAME, Level.of(name.likeness()))
                .with(Field.BIRTH_DATE, birthDate)
                .with(Field.SEX, sex)
                .with(Field.PHONE, phone(a.phones(), b.phones()))
                .with(Field.ADDRESS, address(a.addresses(), b.addresses()))
                .with(Field.GUARDIAN, guardian(a.guardians(), b.guardians()))
                .with(Field.CODE, Codes.compare(a.codes(), b.codes()));
        return new Comparison(pattern, name.family(), name.given());
    }

    public Level level(Field field) {
        return pattern.level(field);
    }

    private static Level birthDate(List<String> some, List<String> others) {
        Level best = Level.MISSING;
        for (String a : some) {
            for (String b : others) {
                Level next = BirthDates.compare(a, b);
                best = next.isAtLeast(best) ? next : best;
            }
        }
        return best;
    }

    private static Level sex(Sex a, Sex b) {
        if (a.contradicts(b)) {
            return Level.DIFFERENT;
        }
        return a == b && a != Sex.UNKNOWN && a != Sex.OTHER ? Level.EQUAL : Level.MISSING;
    }

    private static Level phone(List<String> some, List<String> others) {
        Level best = Level.MISSING;
        for (String a : some) {
            for (String b : others) {
                Level next = a.equals(b)
                        ? Level.EQUAL
                        : a.length() >= SHORTEST_PHONE_WITH_SLIPS && Edits.isOne(a, b)
                                ? Level.SIMILAR
                                : Level.DIFFERENT;
                best = next.isAtLeast(best) ? next : best;
            }
        }
        return best;
    }

    private static Level address(List<ComparableAddress> some, List<ComparableAddress> others) {
        Level best = Level.MISSING;
        for (ComparableAddress a : some) {
            for (ComparableAddress b : others) {
                Level next = ComparableAddress.compare(a, b);
                best = next.isAtLeast(best) ? next : best;
            }
        }
        return best;
    }

    private static Level guardian(List<ComparableName> some, List<ComparableName> others) {
        Likeness likeness = NameComparison.best(some, others).likeness();
        return switch (likeness) {
            case EQUAL, VARIANT -> Level.EQUAL;
            case HOMOPHONE, SIMILAR -> Level.SIMILAR;
            case PART, LOOSE, GIVEN, FAMILY, DIFFERENT -> Level.DIFFERENT;
            case MISSING -> Level.MISSING;
        };
    }
}
