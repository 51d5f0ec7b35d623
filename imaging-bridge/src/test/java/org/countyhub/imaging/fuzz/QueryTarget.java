package org.countyhub.imaging.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.QueryParser;

/** Parameters of QIDO-RS. The first byte of an input chooses the level. */
final class QueryTarget implements FuzzTarget {
    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String query : List.of(
                "PatientID=P1&StudyDate=20260101-20260131&limit=10&offset=5",
                "00100010=Zhang*&fuzzymatching=true&includefield=all",
                "StudyInstanceUID=1.2.3,1.2.4&ModalitiesInStudy=CT\\MR&includefield=00081030",
                "RequestAttributesSequence.ScheduledProcedureStepID=A?1&StudyTime=0800-1200&AccessionNumber=",
                "00400275.00400009=X&includefield=00400275.00400009&StudyDate=-20260101&PatientBirthDate=20200101-")) {
            for (int level = 0; level < Level.values().length; level++) {
                seeds.add(Seeds.prefixed(level, query.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Level[] levels = Level.values();
        Level level = levels[(input[0] & 0xFF) % levels.length];
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String parameter : new String(input, 1, input.length - 1, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            parameters
                    .computeIfAbsent(name, key -> new ArrayList<>())
                    .add(equals < 0 ? "" : parameter.substring(equals + 1));
        }
        QueryParser.ofParameters(level, Map.of(), parameters, (issuer, id) -> Set.of(new PatientKey("urn:test", id)));
    }
}
