package org.countyhub.imaging.worklist;

import java.util.Optional;

/** Keeps performed procedure steps. Calls inside a transaction of {@link org.countyhub.kernel.Db} join it. */
public interface ProcedureStepStore {
    /** Keeps a new step; false where there is one of this UID. */
    boolean create(ProcedureStep step);

    /** The step of that UID of that source, held against others until the transaction ends. */
    Optional<ProcedureStep> lock(String source, String sopInstanceUid);

    /** Keeps what it has become. */
    void update(ProcedureStep step);
}
