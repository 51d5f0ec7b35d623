package org.countyhub.imaging.study.query;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Gathers the keys of one question, and puts together those that mean something only together. */
final class Criteria {
    private static final int MAX_PATIENT_IDS = 20;

    private final boolean fuzzy;
    private final boolean combined;
    private final Map<Key, Matching> matching = new EnumMap<>(Key.class);

    /**
     * @param fuzzy names are matched by sound
     * @param combined a range of dates and one of times are one range of moments
     */
    Criteria(boolean fuzzy, boolean combined) {
        this.fuzzy = fuzzy;
        this.combined = combined;
    }

    void add(Key key, String place, List<String> values) {
        new KeyValues(key, place).matching(values, fuzzy).ifPresent(found -> matching.put(key, found));
    }

    List<Matching> all(QueryParser.Patients patients) {
        patients(patients);
        if (combined) {
            moment(Key.StudyDate, Key.StudyTime);
            moment(Key.PerformedProcedureStepStartDate, Key.PerformedProcedureStepStartTime);
        }
        return new ArrayList<>(matching.values());
    }

    /** A PatientID means whom it means to whoever asks; the issuer by itself would match half the county. */
    private void patients(QueryParser.Patients patients) {
        Matching issuer = matching.remove(Key.IssuerOfPatientID);
        Matching id = matching.get(Key.PatientID);
        if (issuer != null && !(id instanceof Matching.Values)) {
            throw Problem.badSearch(
                    "IssuerOfPatientID", "IssuerOfPatientID is taken together with a PatientID without wildcards only");
        }
        if (!(id instanceof Matching.Values ids)) {
            return;
        }
        if (ids.values().size() > MAX_PATIENT_IDS) {
            throw Problem.badSearch("PatientID", "PatientID: at most " + MAX_PATIENT_IDS + " are taken at once");
        }
        String named = issuer == null ? null : only(issuer);
        Set<PatientKey> keys = ids.values().stream()
                .flatMap(value -> patients.of(named, value).stream())
                .collect(Collectors.toCollection(HashSet::new));
        matching.put(Key.PatientID, new Matching.Patients(Key.PatientID.tag(), keys));
    }

    private static String only(Matching issuer) {
        if (issuer instanceof Matching.Values values && values.values().size() == 1) {
            return values.values().getFirst();
        }
        throw Problem.badSearch("IssuerOfPatientID", "IssuerOfPatientID: one issuer is taken, without wildcards");
    }

    private void moment(Key date, Key time) {
        if (matching.get(date) instanceof Matching.Range dates && matching.get(time) instanceof Matching.Range times) {
            matching.remove(time);
            matching.put(
                    date,
                    new Matching.Moment(
                            date.tag(),
                            time.tag(),
                            joined(dates.low(), times.low()),
                            joined(dates.high(), times.high())));
        }
    }

    /** A date without a time is the whole day; without a date nothing bounds. */
    private static @Nullable String joined(@Nullable String date, @Nullable String time) {
        return date == null || time == null ? date : date + time;
    }
}
