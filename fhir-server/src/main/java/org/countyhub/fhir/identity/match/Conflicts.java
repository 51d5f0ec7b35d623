package org.countyhub.fhir.identity.match;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.identity.PersonCode;
import org.countyhub.fhir.identity.PersonCode.Standing;

/** Finds what tells an incoming record and a person apart, whose records may already say several things. */
public final class Conflicts {
    private Conflicts() {}

    /** Between two records. */
    public static Set<Conflict> between(Traits a, Traits b) {
        return between(a, List.of(b), List.of(Comparison.of(a, b)));
    }

    /**
     * Between a record and all records of a person. What one of them says is contradicted only if no other agrees with it.
     *
     * @param comparisons of the incoming record with each, in the same order
     */
    static Set<Conflict> between(Traits incoming, List<Traits> records, List<Comparison> comparisons) {
        Set<Conflict> found = EnumSet.noneOf(Conflict.class);
        List<PersonCode> codes =
                records.stream().flatMap(record -> record.codes().stream()).toList();
        boolean verified = Codes.proves(incoming.codes(), codes, Standing.VERIFIED);
        boolean proven = verified || Codes.proves(incoming.codes(), codes, Standing.LOCAL);
        add(found, Conflict.RESIDENT_ID, Codes.haveOtherResidentIds(incoming.codes(), codes));
        add(found, Conflict.SEX, best(comparisons, Field.SEX) == Level.DIFFERENT);
        add(found, Conflict.BIRTH_DATE, isOtherBirthDate(incoming, comparisons));
        add(found, Conflict.BLOOD_GROUP, isOtherBloodGroup(incoming, records));
        add(
                found,
                Conflict.SIBLING,
                Siblings.isOtherOfMultipleBirth(incoming, records)
                        || (!verified && Siblings.areLikely(incoming, records, comparisons)));
        add(
                found,
                Conflict.UNNAMED,
                !proven && (incoming.placeholder() || records.stream().allMatch(Traits::placeholder)));
        add(found, Conflict.OTHER_NAME, proven && isOtherName(comparisons));
        return found;
    }

    /** The level that agrees most; what follows from a number that both have agrees wholly. */
    static Level best(List<Comparison> comparisons, Field field) {
        Level best = Level.MISSING;
        for (Comparison comparison : comparisons) {
            Level next = comparison.level(field);
            if (next == Level.IMPLIED) {
                return next;
            }
            best = next.isAtLeast(best) ? next : best;
        }
        return best;
    }

    private static void add(Set<Conflict> found, Conflict conflict, boolean isThere) {
        if (isThere) {
            found.add(conflict);
        }
    }

    /**
     * Two dates that differ wholly are never one person's among Chinese names, where relatives lend one another cards and share
     * a character of their names. In letters, name and a number of the person's own may outweigh the date.
     */
    private static boolean isOtherBirthDate(Traits incoming, List<Comparison> comparisons) {
        if (best(comparisons, Field.BIRTH_DATE) != Level.DIFFERENT) {
            return false;
        }
        boolean han = incoming.names().stream().anyMatch(name -> name.han());
        return han || comparisons.stream().noneMatch(Conflicts::outweighs);
    }

    private static boolean outweighs(Comparison comparison) {
        Level name = comparison.level(Field.NAME);
        Level code = comparison.level(Field.CODE);
        if (code == Level.EQUAL) {
            return name.isAtLeast(Level.FAMILY);
        }
        return code == Level.SIMILAR && name.isAtLeast(Level.GIVEN) && shareHousehold(comparison);
    }

    static boolean shareHousehold(Comparison comparison) {
        return comparison.level(Field.PHONE) == Level.EQUAL
                || comparison.level(Field.ADDRESS).isAtLeast(Level.SIMILAR)
                || comparison.level(Field.GUARDIAN).isAtLeast(Level.SIMILAR);
    }

    private static boolean isOtherBloodGroup(Traits incoming, List<Traits> records) {
        boolean other = false;
        for (Traits record : records) {
            if (incoming.bloodGroup() != null && record.bloodGroup() != null) {
                if (incoming.bloodGroup().equals(record.bloodGroup())) {
                    return false;
                }
                other = true;
            }
        }
        return other;
    }

    private static boolean isOtherName(List<Comparison> comparisons) {
        Level birthDate = best(comparisons, Field.BIRTH_DATE);
        boolean sameBirthDate = birthDate == Level.EQUAL || birthDate == Level.IMPLIED;
        return best(comparisons, Field.NAME) == Level.DIFFERENT
                && !(sameBirthDate && comparisons.stream().anyMatch(Conflicts::shareHousehold));
    }
}
