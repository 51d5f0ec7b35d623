package org.countyhub.fhir.hl7v2.message;

/** What became of a message: HL7 table 0008, for both acknowledgement modes (HL7 v2.5.1 section 2.9). */
public enum Verdict {
    /** Committed. */
    ACCEPT("AA", "CA"),
    /** Something in it is wrong. */
    ERROR("AE", "CE"),
    /** Not taken, for a reason other than its content. */
    REJECT("AR", "CR");

    private final String application;
    private final String commit;

    Verdict(String application, String commit) {
        this.application = application;
        this.commit = commit;
    }

    public String application() {
        return application;
    }

    public String commit() {
        return commit;
    }
}
