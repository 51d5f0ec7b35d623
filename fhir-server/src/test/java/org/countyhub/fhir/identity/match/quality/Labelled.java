package org.countyhub.fhir.identity.match.quality;

import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.PersonCode;

/**
 * A record and whose it really is.
 *
 * @param person the truth, which the matcher does not see
 * @param birth number of the birth, which twins have in common; 0 for others
 */
record Labelled(int person, int birth, Demographics record) {
    boolean hasVerifiedCode() {
        return record.codes().stream().anyMatch(code -> code.standing() == PersonCode.Standing.VERIFIED);
    }
}
