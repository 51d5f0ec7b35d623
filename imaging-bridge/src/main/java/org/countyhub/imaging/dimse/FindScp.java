package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.net.Caller;
import org.countyhub.imaging.dicom.net.FindService;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.query.Asked;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.imaging.study.query.QueryParser;
import org.countyhub.imaging.study.query.QueryResult;
import org.countyhub.imaging.study.query.QueryStore;

/**
 * C-FIND of the patient and the study root (PS3.4 section C.4.1). Matches are read page by page, so that a cancelled query costs no more
 * than it has sent. Keys above the level need not be given: the index finds series and images by themselves too.
 */
final class FindScp implements FindService {
    /** Matches of one query; whoever has more is told to narrow it down, after these. */
    private static final int MOST = 10_000;

    private static final int PAGE = 250;

    private final Access access;
    private final QueryStore queries;
    private final PatientDirectory directory;
    private final FindAnswers answers;

    FindScp(Access access, QueryStore queries, PatientDirectory directory, FindAnswers answers) {
        this.access = access;
        this.queries = queries;
        this.directory = directory;
        this.answers = answers;
    }

    @Override
    public Status find(Caller caller, String sopClassUid, Dataset identifier, Matches matches) throws IOException {
        Source asking = access.may(caller, Permission.QUERY).source();
        Level level = Levels.of(identifier, sopClassUid.equals(SopClass.PATIENT_ROOT_FIND));
        Dataset readable = identifier.readable(asking.characterSet());
        Asked asked = QueryParser.ofIdentifier(
                level, readable, PAGE, false, false, (issuer, id) -> directory.patients(asking, issuer, id));
        FindAnswers.Form form = answers.form(level, readable, asked.fields(), asking);
        boolean partly = !asked.unmatched().isEmpty();
        Map<PatientKey, Set<PatientKey>> persons = new HashMap<>();
        for (int sent = 0; sent < MOST; sent += PAGE) {
            if (matches.cancelled()) {
                return Status.CANCELLED;
            }
            List<QueryResult> page = queries.find(new Query(level, asked.query().matching(), PAGE, sent));
            for (QueryResult result : page) {
                if (matches.cancelled()) {
                    return Status.CANCELLED;
                }
                Set<PatientKey> person = person(result.patient(), asking, persons);
                matches.send(form.answer(result, person), partly);
            }
            if (page.size() < PAGE) {
                return Status.SUCCESS;
            }
        }
        return Status.outOfResources("more than " + MOST + " matches; ask for less");
    }

    /** The asking hospital's own patients need not be looked up: they go by the number that they have. */
    private Set<PatientKey> person(PatientKey patient, Source asking, Map<PatientKey, Set<PatientKey>> known) {
        return patient.system().equals(asking.patientSystem())
                ? Set.of(patient)
                : known.computeIfAbsent(patient, directory::samePerson);
    }
}
