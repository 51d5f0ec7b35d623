package org.countyhub.imaging.study;

import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Whose an instance says it is (PS3.3 section C.7.1.1: a PatientID is unique within its issuer). */
final class Ownership {
    /** Four times what the standard allows, and still short enough for the index. */
    private static final int LONGEST_ID = 256;

    private Ownership() {}

    /**
     * What an instance says of itself.
     *
     * @param patient null where it does not say
     * @param held why it cannot be taken in as it is; null where it can
     */
    record Claim(@Nullable PatientKey patient, StoreOutcome.@Nullable Held held) {}

    /**
     * The claim of an instance that comes from that source; Malformed where what it says as PatientID can be none.
     *
     * @param declared its header read as it declares
     * @param header the same as it seems to be meant
     */
    static Claim claim(Dataset declared, Dataset header, Source source) {
        String id = header.string(Tag.PatientID);
        if (id != null && (id.length() > LONGEST_ID || id.indexOf('\0') >= 0)) {
            // Without the NUL, or cut, it could be the number of somebody else.
            throw new Problem.Malformed(List.of(Fault.at(
                            Tag.text(Tag.PatientID),
                            "value",
                            "a PatientID has at most " + LONGEST_ID + " characters, and no NUL among them")))
                    .exception();
        }
        for (int tag : new int[] {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID}) {
            if (header.string(tag) == null) {
                return new Claim(
                        null, new StoreOutcome.Held(QuarantineReason.MISSING_UID, "it has no " + Tag.text(tag)));
            }
        }
        if (id == null) {
            return new Claim(
                    null, new StoreOutcome.Held(QuarantineReason.NO_PATIENT_ID, "it names no patient (0010,0020)"));
        }
        boolean known =
                source.characterSet() != null && header.characterSet().terms().equals(List.of(source.characterSet()));
        if (!known && !id.equals(declared.string(Tag.PatientID))) {
            return new Claim(
                    null,
                    new StoreOutcome.Held(
                            QuarantineReason.UNREADABLE_PATIENT_ID,
                            "its patient id (0010,0020) is written in a character set that neither it nor its source declares"));
        }
        String issuer = issuer(header);
        String system =
                issuer == null ? source.patientSystem() : source.issuers().get(issuer);
        if (system == null) {
            return new Claim(
                    null,
                    new StoreOutcome.Held(
                            QuarantineReason.UNKNOWN_ISSUER,
                            "its issuer of patient ids (0010,0021) is none that its source may name"));
        }
        return new Claim(new PatientKey(system, id), null);
    }

    private static @Nullable String issuer(Dataset header) {
        String issuer = header.string(Tag.IssuerOfPatientID);
        List<Dataset> qualifiers = header.items(Tag.IssuerOfPatientIDQualifiersSequence);
        return issuer != null || qualifiers.isEmpty()
                ? issuer
                : qualifiers.getFirst().string(Tag.UniversalEntityID);
    }
}
