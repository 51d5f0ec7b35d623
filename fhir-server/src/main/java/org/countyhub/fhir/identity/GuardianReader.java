package org.countyhub.fhir.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.countyhub.fhir.identity.NameReader.Names;

/**
 * The names of those who answer for a person: parents, grandparents, guardians and next of kin in Patient.contact, and the
 * parent after whom a newborn is called. Emergency contacts, employers and insurers are others.
 */
final class GuardianReader {
    /** Codes of v2-0131 (N), v2-0063 and v3-RoleCode; they do not overlap with other meanings in one another. */
    private static final Set<String> CODES = Set.of(
            "N",
            "MTH",
            "FTH",
            "NMTH",
            "NFTH",
            "NPRN",
            "PRN",
            "STPMTH",
            "STPFTH",
            "STPPRN",
            "ADOPTP",
            "ADOPTM",
            "ADOPTF",
            "PRNFOST",
            "MTHFOST",
            "FTHFOST",
            "GESTM",
            "GUARD",
            "POWATT",
            "GRPRN",
            "GRMTH",
            "GRFTH",
            "MGRMTH",
            "MGRFTH",
            "PGRMTH",
            "PGRFTH",
            "MTHINLAW",
            "FTHINLAW",
            "PAR",
            "GRD",
            "GRP");

    private static final Set<String> WORDS = Set.of(
            "母亲",
            "母",
            "妈妈",
            "父亲",
            "父",
            "爸爸",
            "父母",
            "家长",
            "监护人",
            "法定监护人",
            "祖父",
            "祖母",
            "外祖父",
            "外祖母",
            "爷爷",
            "奶奶",
            "外公",
            "外婆",
            "mother",
            "father",
            "parent",
            "guardian",
            "next of kin");

    private GuardianReader() {}

    static List<PersonName> read(JsonNode contacts, Names names) {
        Set<PersonName> guardians = new LinkedHashSet<>();
        for (JsonNode contact : contacts) {
            if (answers(contact.path("relationship"))) {
                NameReader.one(contact.path("name"))
                        .filter(name -> !PlaceholderNames.isPlaceholder(name))
                        .ifPresent(guardians::add);
            }
        }
        Set<String> known = new LinkedHashSet<>();
        guardians.forEach(guardian -> known.add(guardian.text()));
        List<PersonName> all = new ArrayList<>(guardians);
        for (PersonName name : names.all()) {
            PlaceholderNames.parent(name).filter(known::add).ifPresent(parent -> all.add(NameReader.split(parent)));
        }
        return all;
    }

    private static boolean answers(JsonNode relationships) {
        for (JsonNode relationship : relationships) {
            if (WORDS.contains(word(relationship.path("text")))) {
                return true;
            }
            for (JsonNode coding : relationship.path("coding")) {
                if (CODES.contains(coding.path("code").asText()) || WORDS.contains(word(coding.path("display")))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String word(JsonNode text) {
        return text.asText().strip().toLowerCase(Locale.ROOT);
    }
}
