package org.countyhub.bench.dicom;

/** What an association is to carry: a SOP class in a transfer syntax. */
public record Presentation(String sopClassUid, String transferSyntax) {
    public static Presentation of(Instance instance) {
        return new Presentation(instance.sopClassUid(), instance.transferSyntax());
    }
}
