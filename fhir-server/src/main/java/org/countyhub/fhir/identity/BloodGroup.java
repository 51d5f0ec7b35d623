package org.countyhub.fhir.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.fhir.identity.code.CodeText;
import org.jspecify.annotations.Nullable;

/**
 * The ABO group that an extension of Patient says. R4 has no element and no extension for it, so there is one of our own,
 * {@link #EXTENSION}; {@link #WIDESPREAD} is what many senders write although HL7 never published it. The value is a code, a
 * Coding, a CodeableConcept or a text; codes of SNOMED CT and of CV04.50.005 are understood.
 */
final class BloodGroup {
    static final String EXTENSION = "https://countyhub.org/StructureDefinition/blood-group";
    static final String WIDESPREAD = "http://hl7.org/fhir/StructureDefinition/patient-bloodGroup";

    private static final String CV04_50_005 = "urn:oid:2.16.156.10011.2.3.1.85";
    private static final String SNOMED_CT = "http://snomed.info/sct";

    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry(CV04_50_005 + "|1", "A"),
            Map.entry(CV04_50_005 + "|2", "B"),
            Map.entry(CV04_50_005 + "|3", "O"),
            Map.entry(CV04_50_005 + "|4", "AB"),
            Map.entry(SNOMED_CT + "|112144000", "A"),
            Map.entry(SNOMED_CT + "|112149005", "B"),
            Map.entry(SNOMED_CT + "|165743006", "AB"),
            Map.entry(SNOMED_CT + "|58460004", "O"));

    /** The group at the beginning, then perhaps the word for it, then perhaps the Rh factor. */
    private static final Pattern TEXT = Pattern.compile(
            "(AB|A|B|O)(?:型|GROUP|TYPE)?[,(]?(?:(?:RH)?(?:\\(?D\\)?)?(?:\\+|-|POS|NEG|POSITIVE|NEGATIVE|阳性|阴性|阳|阴))?\\)?");

    private BloodGroup() {}

    /** {@code A}, {@code B}, {@code AB} or {@code O}; null if none is said, or more than one. */
    static @Nullable String read(JsonNode extensions) {
        Set<String> said = new HashSet<>();
        for (JsonNode extension : extensions) {
            String url = extension.path("url").asText();
            if (url.equals(EXTENSION) || url.equals(WIDESPREAD)) {
                add(said, extension.path("valueCode").asText());
                add(said, extension.path("valueString").asText());
                addCoding(said, extension.path("valueCoding"));
                JsonNode concept = extension.path("valueCodeableConcept");
                concept.path("coding").forEach(coding -> addCoding(said, coding));
                add(said, concept.path("text").asText());
            }
        }
        return said.size() == 1 ? said.iterator().next() : null;
    }

    private static void addCoding(Set<String> said, JsonNode coding) {
        String code = coding.path("code").asText();
        String group = CODES.get(coding.path("system").asText() + "|" + code);
        if (group != null) {
            said.add(group);
        } else {
            add(said, code);
            add(said, coding.path("display").asText());
        }
    }

    private static void add(Set<String> said, String text) {
        Matcher matcher = TEXT.matcher(CodeText.fold(text));
        if (matcher.matches()) {
            said.add(matcher.group(1));
        }
    }
}
