package org.countyhub.fhir.identity.feed;

/** Which messages have been carried out lately: one that is sent again comes within days. Calls join the transaction that the caller has open, if any. */
public interface FeedJournal {
    /** Whether the message has been carried out. */
    boolean holds(byte[] key);

    /** Notes a message; false when it is there already. Waits for another transaction that notes the same one. Forgets old ones. */
    boolean add(byte[] key);
}
