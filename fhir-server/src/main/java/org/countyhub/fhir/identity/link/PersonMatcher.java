package org.countyhub.fhir.identity.link;

import java.util.List;
import org.countyhub.fhir.identity.Demographics;

/** Decides whose patient it is that a source describes. */
public interface PersonMatcher {
    /**
     * @param incoming what the source says
     * @param candidates persons that share a key with it, none of which a steward has put apart from it
     */
    Verdict decide(Demographics incoming, List<PersonDraft> candidates);

    /** What is verified about two patients and cannot be true of one person, told to a steward; empty when nothing is. */
    List<String> conflicts(Demographics one, Demographics other);
}
