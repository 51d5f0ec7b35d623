package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.*;
import org.countyhub.fhir.identity.*;

public final class InterimReader {
    public static Demographics read(ObjectNode patient) {
        List<PersonCode> codes = new ArrayList<>();
        for (JsonNode id : patient.path("identifier")) {
            if (id.path("system").asText().startsWith("urn:oid:2.16"))
                codes.add(new PersonCode(
                        id.path("system").asText(), id.path("value").asText(), PersonCode.Standing.VERIFIED));
        }
        Sex sex =
                switch (patient.path("gender").asText()) {
                    case "male" -> Sex.MALE;
                    case "female" -> Sex.FEMALE;
                    default -> Sex.UNKNOWN;
                };
        return new Demographics(List.of(), null, sex, Set.of(), List.of(), List.of(), codes, false, false, 0, null);
    }

    public static PatientKeys keys(Demographics d) {
        Set<Long> keys = new LinkedHashSet<>();
        for (PersonCode code : d.codes())
            keys.add(Hashing.farmHashFingerprint64()
                    .hashString(code.system() + "|" + code.value(), StandardCharsets.UTF_8)
                    .asLong());
        return new PatientKeys(keys, Set.of());
    }
}
