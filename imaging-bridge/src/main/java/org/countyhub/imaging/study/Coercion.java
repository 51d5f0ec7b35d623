package org.countyhub.imaging.study;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.jspecify.annotations.Nullable;

/**
 * Says on the way out whose an object is in the words of whoever asks. What is kept never changes: objects stay as their hospital
 * sent them, so persons may be merged and split at any time, and what goes out follows from whom the patient is when it is asked
 * for.
 *
 * <ul>
 *   <li>To the hospital whose patient it is an object goes as it is, unless a steward has corrected the PatientID or the issuer that it
 *       came with.
 *   <li>Where the asking source knows the patient by exactly one number, PatientID becomes that number.
 *   <li>Where it knows none, or several, PatientID stays that of the hospital the object is from, and IssuerOfPatientID and
 *       IssuerOfPatientIDQualifiersSequence say so: without them the number could be taken for that of another patient of the asking hospital.
 *   <li>OtherPatientIDsSequence tells the other numbers of the person, that of the object's own hospital among them, each with its issuer
 *       (PS3.3 section C.7.1.1).
 *   <li>OriginalAttributesSequence keeps what was replaced and by whom (PS3.3 section C.12.1).
 * </ul>
 *
 * @param system what the hub is called in ModifyingSystem
 */
public record Coercion(String system) {
    /** The hub's own. */
    public static final Coercion HUB = new Coercion("COUNTYHUB");

    private static final int MAX_LONG_STRING = 64;
    private static final String OID = "urn:oid:";
    private static final String COERCE = "COERCE";
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'+0000'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int[] REPLACED = {
        Tag.PatientID, Tag.IssuerOfPatientID, Tag.IssuerOfPatientIDQualifiersSequence, Tag.OtherPatientIDsSequence
    };

    /**
     * The header as the asking source gets it.
     *
     * @param header of the object, or what a query answers of its study
     * @param owner whose the study is
     * @param person all patients of the person, the owner included, as the {@link PatientDirectory} knows them
     */
    public Dataset outgoing(Dataset header, PatientKey owner, Source asking, Set<PatientKey> person, Instant now) {
        boolean own = owner.system().equals(asking.patientSystem());
        if (own && says(header, owner, asking)) {
            return header;
        }
        List<PatientKey> known = person.stream()
                .filter(key -> key.system().equals(asking.patientSystem()))
                .toList();
        PatientKey told = !own && known.size() == 1 ? known.getFirst() : owner;
        Dataset writable = writable(header, owner, asking, person);
        Dataset.Builder coerced = writable.toBuilder();
        coerced.set(Tag.PatientID, Vr.LO, told.id());
        setIssuer(coerced, told, asking, writable);
        coerced.set(Tag.OtherPatientIDsSequence, others(writable, owner, told, asking, person));
        coerced.set(Tag.OriginalAttributesSequence, originals(writable, now));
        return coerced.build();
    }

    /**
     * What a query answers of a study, its PatientID that of the hospital whose patient it is and, to others than that hospital, with its issuer
     * in their word for it: whoever asks for the person's other studies by number and issuer means the same person. Costs no question to the directory.
     */
    public static Dataset issued(Dataset answer, PatientKey owner, Source asking) {
        if (owner.system().equals(asking.patientSystem())) {
            return answer;
        }
        Dataset writable = writable(answer, owner, asking, Set.of());
        Dataset.Builder issued = writable.toBuilder().set(Tag.PatientID, Vr.LO, owner.id());
        setIssuer(issued, owner, asking, writable);
        return issued.build();
    }

    /** The header in UTF-8 where a number or an issuer has letters that its own character set may lack. */
    private static Dataset writable(Dataset header, PatientKey owner, Source asking, Set<PatientKey> person) {
        Stream<String> numbers =
                Stream.concat(Stream.of(owner), person.stream()).map(PatientKey::id);
        boolean plain = Stream.concat(numbers, asking.issuers().keySet().stream())
                .allMatch(text -> text.chars().allMatch(letter -> letter < 0x80));
        return plain ? header : header.inUtf8();
    }

    private static boolean says(Dataset header, PatientKey patient, Source asking) {
        return patient.id().equals(header.string(Tag.PatientID))
                && Ownership.system(header, asking).equals(Optional.of(patient.system()));
    }

    /** Whether what was done to the header last was done by this. */
    boolean wrote(Dataset header) {
        List<Dataset> originals = header.items(Tag.OriginalAttributesSequence);
        return !originals.isEmpty()
                && system.equals(originals.getLast().string(Tag.ModifyingSystem))
                && COERCE.equals(originals.getLast().string(Tag.ReasonForTheAttributeModification));
    }

    private static List<Dataset> others(
            Dataset header, PatientKey owner, PatientKey told, Source asking, Set<PatientKey> person) {
        List<PatientKey> keys = new ArrayList<>(person);
        keys.remove(owner);
        keys.sort(Comparator.comparing(PatientKey::system).thenComparing(PatientKey::id));
        keys.addFirst(owner);
        keys.remove(told);
        List<Dataset> items = new ArrayList<>(header.items(Tag.OtherPatientIDsSequence));
        for (PatientKey key : keys) {
            Dataset.Builder item = Dataset.builder(header.characterSet()).set(Tag.PatientID, Vr.LO, key.id());
            setIssuer(item, key, asking, header);
            items.add(item.set(Tag.TypeOfPatientID, Vr.CS, "TEXT").build());
        }
        return items;
    }

    /** The issuer in the asking source's own word for it, if it has one, and as a universal entity (PS3.3 section 10.14). */
    private static void setIssuer(Dataset.Builder into, PatientKey key, Source asking, Dataset header) {
        String issuer = issuer(key.system(), asking);
        if (issuer == null) {
            into.remove(Tag.IssuerOfPatientID);
        } else {
            into.set(Tag.IssuerOfPatientID, Vr.LO, issuer);
        }
        boolean oid = key.system().startsWith(OID);
        Dataset qualifiers = Dataset.builder(header.characterSet())
                .set(Tag.UniversalEntityID, Vr.UT, oid ? key.system().substring(OID.length()) : key.system())
                .set(Tag.UniversalEntityIDType, Vr.CS, oid ? "ISO" : "URI")
                .build();
        into.set(Tag.IssuerOfPatientIDQualifiersSequence, List.of(qualifiers));
    }

    private static @Nullable String issuer(String system, Source asking) {
        return asking.issuers().entrySet().stream()
                .filter(issuer -> issuer.getValue().equals(system))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse(system.length() <= MAX_LONG_STRING ? system : null);
    }

    /** Those of earlier systems, and what is replaced now. */
    private List<Dataset> originals(Dataset header, Instant now) {
        Dataset.Builder replaced = Dataset.builder(header.characterSet());
        for (int tag : REPLACED) {
            Element element = header.element(tag);
            if (element != null) {
                replaced.set(element);
            }
        }
        List<Dataset> originals = new ArrayList<>(header.items(Tag.OriginalAttributesSequence));
        originals.add(Dataset.builder(header.characterSet())
                .set(Tag.ModifiedAttributesSequence, List.of(replaced.build()))
                .set(Tag.AttributeModificationDateTime, Vr.DT, DATE_TIME.format(now))
                .set(Tag.ModifyingSystem, Vr.LO, system)
                .set(Tag.SourceOfPreviousValues, Vr.LO, header.string(Tag.InstitutionName, ""))
                .set(Tag.ReasonForTheAttributeModification, Vr.CS, COERCE)
                .build());
        return originals;
    }
}
