package org.countyhub.fhir.identity.code;

/** A number that the medical insurance keeps of a person. Its text form leaves the number out, as logs must. */
public record InsuranceCode(CodeSystem system, String value) {
    @Override
    public String toString() {
        return "InsuranceCode[" + system + "]";
    }
}
