package org.countyhub.imaging.study;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        Optional<String> system = system(header, source);
        if (system.isEmpty()) {
            return new Claim(
                    null,
                    new StoreOutcome.Held(
                            QuarantineReason.UNKNOWN_ISSUER,
                            "its issuer of patient ids (0010,0021), (0010,0024) is none that its source may name"));
        }
        return new Claim(new PatientKey(system.get(), id), null);
    }

    /**
     * The identifier system of PatientID as that source means it: its own where no issuer is said. Issuers may be named by the
     * words that the source has for them, or as a universal entity (PS3.3 table 10-18), as the hub names them.
     *
     * @return empty where the issuer is none that the source may name, or two are named
     */
    static Optional<String> system(Dataset header, Source source) {
        String issuer = header.string(Tag.IssuerOfPatientID);
        List<Dataset> qualifiers = header.items(Tag.IssuerOfPatientIDQualifiersSequence);
        String universal = qualifiers.isEmpty() ? null : qualifiers.getFirst().string(Tag.UniversalEntityID);
        if (universal == null) {
            return issuer == null ? Optional.of(source.patientSystem()) : named(issuer, source);
        }
        Optional<String> entity = named(universal, source);
        if (issuer == null) {
            return entity;
        }
        Optional<String> system = named(issuer, source);
        return entity.isEmpty() || entity.equals(system) ? system : Optional.empty();
    }

    private static Optional<String> named(String issuer, Source source) {
        String system = source.issuers().get(issuer);
        return system != null
                ? Optional.of(system)
                : Stream.of(issuer, "urn:oid:" + issuer)
                        .filter(address -> address.equals(source.patientSystem())
                                || source.issuers().containsValue(address))
                        .findFirst();
    }
}
