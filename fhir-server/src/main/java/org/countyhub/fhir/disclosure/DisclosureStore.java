package org.countyhub.fhir.disclosure;

import java.time.Instant;
import java.util.List;

/** Where it is kept who was answered about whom. */
public interface DisclosureStore {
    /** How many receivers a question is answered with at most. */
    int MOST_RECEIVERS = 10_000;

    /**
     * One line of the record.
     *
     * @param address of whoever asked, a literal of IPv4 or IPv6
     */
    record Kept(Instant at, Requester by, String address, Disclosure what) {}

    /** Keeps all of these or none, in a transaction and over a connection of its own. */
    void keep(List<Kept> lines);

    /**
     * Who was answered with something of the patients while they were wrongly joined, or with something of those they were
     * joined with when asking by their codes; by organization and requester, at most {@value #MOST_RECEIVERS}. Joins the
     * transaction that the caller has open.
     */
    List<Receiver> receivers(WrongPerson wrong);

    /** Forgets whole months before the oldest to be kept, and makes those that are over quick to search. May take minutes. */
    void tend(Instant now, Instant oldest);
}
