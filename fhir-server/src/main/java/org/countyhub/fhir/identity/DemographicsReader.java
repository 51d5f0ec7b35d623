package org.countyhub.fhir.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.identity.NameReader.Names;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a Patient (FHIR R4 section 8.1) what is compared. References in it must be resolved already: an assigner
 * under {@code urn:uuid} counts for none. Whatever stands in the place of an element, reading does not fail. Of names,
 * phones, addresses and guardians the first {@value #MOST} count, of identifiers the first {@value #MOST_IDENTIFIERS}:
 * nobody has more, and each is compared with each of another's.
 */
public final class DemographicsReader {
    static final int MOST = 20;
    static final int MOST_IDENTIFIERS = 200;

    private static final int LENGTH_OF_WHOLE_DATE = 10;

    /** More children were never born at once; a larger number is no order. */
    private static final int MOST_BIRTH_ORDER = 12;

    private final CodeReader codes;

    public DemographicsReader(IdentifierSystems systems) {
        this.codes = new CodeReader(systems);
    }

    /** Whether what was read before would be read the same now; what identifier systems are called may have changed. */
    public boolean isCurrent(Demographics said) {
        for (PersonCode code : said.codes()) {
            if (!codes.isCurrent(code)) {
                return false;
            }
        }
        return true;
    }

    public PatientReading read(ObjectNode patient) {
        List<Fault> warnings = new ArrayList<>();
        LocalDate birthDate = birthDate(patient.path("birthDate").asText());
        Sex sex = sex(patient.path("gender").asText());
        CodeList list = new CodeList(birthDate, sex, warnings);
        JsonNode identifiers = patient.path("identifier");
        if (identifiers.size() > MOST_IDENTIFIERS) {
            warnings.add(Fault.at(
                    "Patient.identifier",
                    "too-long",
                    "only the first " + MOST_IDENTIFIERS + " identifiers are compared"));
        }
        for (int i = 0; i < Math.min(identifiers.size(), MOST_IDENTIFIERS); i++) {
            String place = "Patient.identifier[" + i + "]";
            codes.read(identifiers.path(i), patient.path("managingOrganization"), place, warnings)
                    .ifPresent(code -> list.add(code, place));
        }
        Names names = NameReader.read(patient.path("name"));
        int birthOrder = birthOrder(patient.path("multipleBirthInteger"));
        Demographics demographics = new Demographics(
                first(names.all()),
                birthDate,
                sex,
                Set.copyOf(first(PhoneNumbers.read(patient.path("telecom")))),
                first(AddressReader.read(patient.path("address"))),
                first(GuardianReader.read(patient.path("contact"), names)),
                list.codes(),
                names.placeholder() || onlyTemporary(identifiers),
                birthOrder > 0 || patient.path("multipleBirthBoolean").asBoolean() || saysTwin(names),
                birthOrder,
                BloodGroup.read(patient.path("extension")));
        return new PatientReading(demographics, warnings);
    }

    private static <T> List<T> first(Collection<T> all) {
        return all.stream().limit(MOST).toList();
    }

    /** Someone of whom every number is temporary was not asked for a card, and hardly for the name. */
    private static boolean onlyTemporary(JsonNode identifiers) {
        for (JsonNode identifier : identifiers) {
            if (!CodeReader.isTemporary(identifier)) {
                return false;
            }
        }
        return !identifiers.isEmpty();
    }

    private static boolean saysTwin(Names names) {
        return names.placeholder() && names.all().stream().anyMatch(PlaceholderNames::saysTwin);
    }

    private static @Nullable LocalDate birthDate(String text) {
        if (text.length() != LENGTH_OF_WHOLE_DATE) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int birthOrder(JsonNode integer) {
        int order = integer.canConvertToInt() ? integer.intValue() : 0;
        return order > 0 && order <= MOST_BIRTH_ORDER ? order : 0;
    }

    private static Sex sex(String code) {
        return switch (code) {
            case "male" -> Sex.MALE;
            case "female" -> Sex.FEMALE;
            case "other" -> Sex.OTHER;
            default -> Sex.UNKNOWN;
        };
    }
}
