package org.countyhub.fhir.identity.link;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.resource.ResourceKey;
import org.jspecify.annotations.Nullable;

/**
 * What decisions moved, whom stewards have told apart, and what they are asked. Calls join the transaction that the caller
 * has open.
 */
public interface DecisionJournal {
    /**
     * A move that a decision made.
     *
     * @param decision number of the Provenance
     * @param from number of the person before; null when the patient had none
     * @param before how sure the link was before; null likewise
     */
    record Move(
            long decision,
            long patient,
            @Nullable Long from,
            long to,
            @Nullable Assurance before) {}

    /** Keeps what decisions moved. */
    void keep(Collection<Move> moves);

    /** What a decision moved, in the order of the patients' numbers. */
    List<Move> moves(long decision);

    /** When each of the patients came to a person, the last time; without those that came by no decision. */
    Map<Long, Instant> joined(long person, Collection<Long> patients);

    /** Two patients of which a steward has said that they are two persons. */
    record Apart(long one, long other) {}

    /** Keeps the patients of each pair apart, or lets them be compared again. */
    void setApart(List<Apart> pairs, boolean apart);

    /** Those of the pairs of a patient that a steward has put apart: numbers of the other patients. */
    List<Long> apartFrom(long patient);

    /** The Tasks that ask, or asked, about one of these patients whose it is: keys, in one order for all. */
    List<ResourceKey> questionsAbout(Collection<Long> patients);
}
