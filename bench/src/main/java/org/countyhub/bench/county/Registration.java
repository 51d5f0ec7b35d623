package org.countyhub.bench.county;

import java.util.List;

/**
 * What one hospital knows of a person: its own key and the cards shown there. A person may have two in one hospital, one for
 * insured and one for self-pay visits.
 *
 * @param patientKey the primary key in the hospital's own system, unique in that hospital
 * @param cards the cards shown, then the numbers the hospital assigned
 */
public record Registration(Hospital hospital, String patientKey, List<Card> cards) {
    public Registration {
        cards = List.copyOf(cards);
    }
}
