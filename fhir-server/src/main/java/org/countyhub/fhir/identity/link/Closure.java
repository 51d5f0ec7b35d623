package org.countyhub.fhir.identity.link;

/** Why a question needs no answer any more, {@code Task.statusReason} of the Task that asked it. */
enum Closure {
    PATIENT_DELETED("the patient has been deleted"),
    PATIENT_MOVED("the patient has been given to another person since the question was asked"),
    CANDIDATE_GONE("nobody is left to whom the patient was compared, or those records are of several persons now"),
    ALREADY_LINKED("the patient and the candidate are linked to one person already; Person/$unmerge tells them apart"),
    ASKED_ANEW("the patient says something else now, and a new question asks about that");

    private final String text;

    Closure(String text) {
        this.text = text;
    }

    /** The code of the reason, such as {@code patient-moved}. */
    String code() {
        return PersonMatcher.word(this);
    }

    String text() {
        return text;
    }
}
