package org.countyhub.fhir.identity.link;

import java.util.List;

/** What becomes of a patient that has been compared with the persons known so far. */
sealed interface Verdict {
    /** It is one of a person's patients. */
    record Link(PersonDraft person, Assurance assurance, Explanation why) implements Verdict {}

    /** It may be one of theirs; a steward has to look. */
    record Review(List<PersonDraft> persons, Explanation why) implements Verdict {}

    /** Nobody known so far. */
    record New() implements Verdict {}
}
