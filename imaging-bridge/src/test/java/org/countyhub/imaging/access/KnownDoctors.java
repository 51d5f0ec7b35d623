package org.countyhub.imaging.access;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.kernel.Problem;

/** Plays the FHIR server, which knows of the doctors and patients that a test names. */
public final class KnownDoctors implements CareRecord {
    public final Set<Reader> doctors = ConcurrentHashMap.newKeySet();
    /** In the care of every hospital. */
    public final Set<PatientKey> inCare = ConcurrentHashMap.newKeySet();

    /** Whether it cannot be asked. */
    public volatile boolean away;

    @Override
    public boolean practises(Reader reader) {
        check();
        return doctors.contains(reader);
    }

    @Override
    public boolean inCare(Reader reader, Set<PatientKey> patients) {
        check();
        return patients.stream().anyMatch(inCare::contains);
    }

    private void check() {
        if (away) {
            throw Problem.busy("away", 5);
        }
    }
}
