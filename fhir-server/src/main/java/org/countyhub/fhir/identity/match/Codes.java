package org.countyhub.fhir.identity.match;

import java.util.List;
import org.countyhub.fhir.identity.PersonCode;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.countyhub.fhir.identity.match.names.Edits;

/** Cards and numbers of two records. Refuted ones were left out before. */
final class Codes {
    /** GB 11643: six digits of region, eight of birth date, three of sequence (odd for men), a check character. */
    static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";

    /** Shorter ones are one slip apart by chance. */
    private static final int SHORTEST_WITH_SLIPS = 6;

    private Codes() {}

    /** The best of all systems in which both have a code. */
    static Level compare(List<PersonCode> some, List<PersonCode> others) {
        Level best = Level.MISSING;
        for (PersonCode a : some) {
            for (PersonCode b : others) {
                if (a.system().equals(b.system())) {
                    Level next = compare(a, b);
                    best = next.isAtLeast(best) ? next : best;
                }
            }
        }
        return best;
    }

    /** A code that both have with a standing that proves who they are. */
    static boolean proves(List<PersonCode> some, List<PersonCode> others, Standing standing) {
        for (PersonCode a : some) {
            if (a.standing() == standing && others.contains(a)) {
                return true;
            }
        }
        return false;
    }

    /** Whether both have verified resident IDs, and none in common. */
    static boolean haveOtherResidentIds(List<PersonCode> some, List<PersonCode> others) {
        boolean both = false;
        for (PersonCode a : some) {
            for (PersonCode b : others) {
                if (isResidentId(a) && isResidentId(b)) {
                    if (a.value().equals(b.value())) {
                        return false;
                    }
                    both = true;
                }
            }
        }
        return both;
    }

    static boolean isResidentId(PersonCode code) {
        return code.standing() == Standing.VERIFIED
                && code.system().equals(RESIDENT_ID)
                && code.value().length() == 18;
    }

    /** Whether both have the same resident ID, which holds birth date and sex. */
    static boolean shareResidentId(List<PersonCode> some, List<PersonCode> others) {
        for (PersonCode a : some) {
            if (isResidentId(a) && others.contains(a)) {
                return true;
            }
        }
        return false;
    }

    private static Level compare(PersonCode a, PersonCode b) {
        if (a.value().equals(b.value())) {
            return Level.EQUAL;
        }
        boolean local = a.standing() == Standing.LOCAL || b.standing() == Standing.LOCAL;
        if (local) {
            return Level.MISSING;
        }
        boolean slip = a.standing() != Standing.VERIFIED || b.standing() != Standing.VERIFIED;
        boolean longEnough = Math.min(a.value().length(), b.value().length()) >= SHORTEST_WITH_SLIPS;
        return slip && longEnough && Edits.isOne(a.value(), b.value()) ? Level.SIMILAR : Level.DIFFERENT;
    }
}
