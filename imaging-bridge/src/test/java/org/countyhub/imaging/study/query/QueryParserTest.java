package org.countyhub.imaging.study.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PS3.4 section C.2.2.2 and PS3.18 section 8.3.4. */
class QueryParserTest {
    private static final QueryParser.Patients PATIENTS =
            (issuer, id) -> Set.of(new PatientKey(issuer == null ? "own" : issuer, id));

    private static Asked asked(Level level, String... parameters) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            all.computeIfAbsent(parameters[i], name -> new ArrayList<>()).add(parameters[i + 1]);
        }
        return QueryParser.ofParameters(level, Map.of(), all, PATIENTS);
    }

    private static List<Matching> matching(String... parameters) {
        return asked(Level.STUDY, parameters).query().matching();
    }

    private static void refused(String place, String... parameters) {
        assertThatThrownBy(() -> matching(parameters)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem()).isInstanceOf(Problem.BadSearch.class);
            assertThat(refused.problem().faults().getFirst().expression()).isEqualTo(place);
        });
    }

    @Test
    void keysGoByKeywordOrTag() {
        List<Matching> expected = List.of(new Matching.Values(Tag.AccessionNumber, List.of("A1")));
        assertThat(matching("AccessionNumber", "A1")).isEqualTo(expected);
        assertThat(matching("00080050", "A1")).isEqualTo(expected);
        refused("00080050", "AccessionNumber", "A1", "00080050", "A1");
    }

    @Test
    void keysInsideSequencesAreNamedWithTheSequence() {
        List<Matching> expected = List.of(new Matching.Values(Tag.ScheduledProcedureStepID, List.of("S1")));
        assertThat(matching("RequestAttributesSequence.ScheduledProcedureStepID", "S1"))
                .isEqualTo(expected);
        assertThat(matching("00400275.00400009", "S1")).isEqualTo(expected);
        refused("ScheduledProcedureStepID", "ScheduledProcedureStepID", "S1");
    }

    @Test
    void whatIsNotKnownIsRefusedByItsName() {
        refused("PatientNam", "PatientNam", "x");
        refused("PatientWeight", "PatientWeight", "70");
        refused("00100010x", "00100010x", "x");
        refused("emptyvaluematching", "emptyvaluematching", "true");
        refused("includefield", "includefield", "Nothing");
    }

    @Test
    void nothingAndALoneAsteriskMatchEverything() {
        assertThat(matching("PatientName", "", "StudyDescription", "*", "StudyDate", "", "StudyInstanceUID", ""))
                .isEmpty();
    }

    @Test
    void wildcardsArePatterns() {
        assertThat(matching("PatientName", "WANG*")).containsExactly(new Matching.Wildcard(Tag.PatientName, "WANG*"));
        assertThat(matching("StudyDescription", "Kopf?"))
                .containsExactly(new Matching.Wildcard(Tag.StudyDescription, "Kopf?"));
        refused("PatientName", "PatientName", "*a*b*c*d*e*f*g*h*i*");
    }

    @Test
    void fuzzyMatchingIsForNamesOfPatients() {
        assertThat(matching("PatientName", "wang xiao", "fuzzymatching", "true"))
                .containsExactly(new Matching.Fuzzy(Tag.PatientName, "wang xiao"));
        assertThat(matching("PatientName", "wang", "fuzzymatching", "false"))
                .containsExactly(new Matching.Values(Tag.PatientName, List.of("wang")));
        refused("fuzzymatching", "fuzzymatching", "yes");
    }

    @Test
    void uidsAreListedByCommasOrBackslashesOrSeveralTimes() {
        Matching expected = new Matching.Values(Tag.StudyInstanceUID, List.of("1.2", "3.4"));
        assertThat(matching("StudyInstanceUID", "1.2,3.4")).containsExactly(expected);
        assertThat(matching("StudyInstanceUID", "1.2\\3.4")).containsExactly(expected);
        assertThat(matching("StudyInstanceUID", "1.2", "StudyInstanceUID", "3.4"))
                .containsExactly(expected);
        refused("StudyInstanceUID", "StudyInstanceUID", "1.2*");
        refused("StudyInstanceUID", "StudyInstanceUID", "../etc/passwd");
    }

    @Test
    void codesOfModalitiesAreInCapitals() {
        assertThat(matching("ModalitiesInStudy", "ct\\mr"))
                .containsExactly(new Matching.Values(Tag.ModalitiesInStudy, List.of("CT", "MR")));
    }

    @ParameterizedTest
    @CsvSource({
        "20260101-20260131, 20260101, 20260131",
        "20260101-, 20260101,",
        "-20260131,, 20260131",
    })
    void datesHaveRanges(String sent, String low, String high) {
        assertThat(matching("StudyDate", sent)).containsExactly(new Matching.Range(Tag.StudyDate, low, high));
    }

    @Test
    void datesThatAreNoneAreRefused() {
        for (String date :
                List.of("20260231", "2026-01-01", "202601", "20261301", "-", "20260201-20260101", "yesterday")) {
            refused("StudyDate", "StudyDate", date);
        }
        assertThat(matching("StudyDate", "20240229"))
                .containsExactly(new Matching.Values(Tag.StudyDate, List.of("20240229")));
    }

    @Test
    void timesSayAsMuchAsTheyAreLong() {
        assertThat(matching("StudyTime", "10")).containsExactly(new Matching.Range(Tag.StudyTime, "10", "10"));
        assertThat(matching("StudyTime", "1030-10")).containsExactly(new Matching.Range(Tag.StudyTime, "1030", "10"));
        assertThat(matching("StudyTime", "-235959.999999"))
                .containsExactly(new Matching.Range(Tag.StudyTime, null, "235959.999999"));
        for (String time : List.of("24", "1060", "10:30", "1", "12-11", "120000.1234567")) {
            refused("StudyTime", "StudyTime", time);
        }
    }

    @Test
    void aRangeOfDatesAndOneOfTimesAreOneOfMoments() {
        assertThat(matching("StudyDate", "20260101-20260102", "StudyTime", "0800-12"))
                .containsExactly(new Matching.Moment(Tag.StudyDate, Tag.StudyTime, "202601010800", "2026010212"));
        assertThat(matching("StudyDate", "20260101-", "StudyTime", "0800-"))
                .containsExactly(new Matching.Moment(Tag.StudyDate, Tag.StudyTime, "202601010800", null));
        assertThat(matching("StudyDate", "20260101", "StudyTime", "0800-12")).hasSize(2);
    }

    @Test
    void numbersAreNumbers() {
        assertThat(matching("SeriesNumber", "007"))
                .containsExactly(new Matching.Values(Tag.SeriesNumber, List.of("7")));
        refused("SeriesNumber", "SeriesNumber", "seven");
    }

    @Test
    void aPatientIdMeansWhomItMeansToWhoeverAsks() {
        assertThat(matching("PatientID", "P1"))
                .containsExactly(new Matching.Patients(Tag.PatientID, Set.of(new PatientKey("own", "P1"))));
        assertThat(matching("PatientID", "P1", "IssuerOfPatientID", "HD"))
                .containsExactly(new Matching.Patients(Tag.PatientID, Set.of(new PatientKey("HD", "P1"))));
        assertThat(matching("PatientID", "P1\\P2"))
                .containsExactly(new Matching.Patients(
                        Tag.PatientID, Set.of(new PatientKey("own", "P1"), new PatientKey("own", "P2"))));
        assertThat(matching("PatientID", "P*")).containsExactly(new Matching.Wildcard(Tag.PatientID, "P*"));
        refused("IssuerOfPatientID", "IssuerOfPatientID", "HD");
        refused("IssuerOfPatientID", "PatientID", "P*", "IssuerOfPatientID", "HD");
    }

    @Test
    void pagesAreBounded() {
        assertThat(asked(Level.STUDY).query().limit()).isEqualTo(100);
        assertThat(asked(Level.STUDY, "limit", "5", "offset", "10").query())
                .isEqualTo(new Query(Level.STUDY, List.of(), 5, 10));
        assertThat(asked(Level.STUDY, "limit", "2000000000").query().limit()).isEqualTo(1_000);
        refused("limit", "limit", "0");
        refused("limit", "limit", "many");
        refused("offset", "offset", "-1");
        refused("limit", "limit", "1", "limit", "2");
    }

    @Test
    void fieldsAreListedOrAll() {
        assertThat(asked(Level.STUDY, "includefield", "StudyDescription,00081010", "includefield", "PatientAge")
                        .fields())
                .isEqualTo(new Fields(false, Set.of(Tag.StudyDescription, Tag.StationName, Tag.PatientAge)));
        assertThat(asked(Level.STUDY, "includefield", "all").fields().all()).isTrue();
        assertThat(asked(Level.STUDY, "PatientSex", "").fields().tags()).contains(Tag.PatientSex);
    }

    @Test
    void anIdentifierTellsWhatCannotBeMatched() {
        Dataset identifier = Dataset.builder()
                .set(Tag.QueryRetrieveLevel, Vr.CS, "STUDY")
                .set(Tag.StudyDate, Vr.DA, "20260101-20260102")
                .set(Tag.StudyTime, Vr.TM, "08-09")
                .set(Tag.PatientID, Vr.LO, "P1")
                .set(Tag.PatientName, Vr.PN, "")
                .set(Tag.Manufacturer, Vr.LO, "Acme")
                .set(
                        Tag.RequestAttributesSequence,
                        List.of(Dataset.builder()
                                .set(Tag.ScheduledProcedureStepID, Vr.SH, "S1")
                                .build()))
                .build();
        Asked asked = QueryParser.ofIdentifier(Level.STUDY, identifier, 50, false, false, PATIENTS);
        assertThat(asked.query().matching())
                .containsExactlyInAnyOrder(
                        new Matching.Range(Tag.StudyDate, "20260101", "20260102"),
                        new Matching.Range(Tag.StudyTime, "08", "09"),
                        new Matching.Patients(Tag.PatientID, Set.of(new PatientKey("own", "P1"))),
                        new Matching.Values(Tag.ScheduledProcedureStepID, List.of("S1")));
        assertThat(asked.unmatched()).containsExactly(Tag.Manufacturer);
        assertThat(asked.fields().tags())
                .contains(Tag.PatientName, Tag.Manufacturer, Tag.RequestAttributesSequence)
                .doesNotContain(Tag.QueryRetrieveLevel);
        assertThat(QueryParser.ofIdentifier(Level.STUDY, identifier, 50, false, true, PATIENTS)
                        .query()
                        .matching())
                .contains(new Matching.Moment(Tag.StudyDate, Tag.StudyTime, "2026010108", "2026010209"));
    }

    @Test
    void whateverIsAskedIsUnderstoodOrRefused() {
        Random random = new Random(106);
        List<String> names =
                new ArrayList<>(List.of("includefield", "limit", "offset", "fuzzymatching", "accept", "x", ""));
        for (Key key : Key.values()) {
            names.add(key.name());
        }
        String alphabet = "0123456789-.*?\\,^= AZaz%_'\"张\u0000";
        int understood = 0;
        int refused = 0;
        for (int round = 0; round < 30_000; round++) {
            Map<String, List<String>> parameters = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                StringBuilder value = new StringBuilder();
                for (int k = random.nextInt(12); k > 0; k--) {
                    value.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                parameters
                        .computeIfAbsent(names.get(random.nextInt(names.size())), name -> new ArrayList<>())
                        .add(value.toString());
            }
            try {
                QueryParser.ofParameters(
                        List.of(Level.values()).get(random.nextInt(4)), Map.of(), parameters, PATIENTS);
                understood++;
            } catch (ProblemException e) {
                assertThat(e.problem()).isInstanceOf(Problem.BadSearch.class);
                refused++;
            }
        }
        assertThat(understood).isPositive();
        assertThat(refused).isPositive();
    }
}
