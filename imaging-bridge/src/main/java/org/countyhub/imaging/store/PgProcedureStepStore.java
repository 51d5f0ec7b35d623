package org.countyhub.imaging.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.worklist.ProcedureStep;
import org.countyhub.imaging.worklist.ProcedureStepStore;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Performed procedure steps in PostgreSQL. */
public final class PgProcedureStepStore implements ProcedureStepStore {
    private static final String CREATE = """
            insert into procedure_step (source, sop_instance_uid, status, attributes) values (?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final String LOCK =
            "select attributes from procedure_step where source = ? and sop_instance_uid = ? for update";
    private static final String UPDATE = """
            update procedure_step set status = ?, attributes = ?, changed = now() where source = ? and sop_instance_uid = ?
            """;

    private final Statements statements;

    public PgProcedureStepStore(Db db) {
        statements = new Statements(db);
    }

    @Override
    public boolean create(ProcedureStep step) {
        return statements.change(Sql.of(
                        CREATE,
                        step.source(),
                        step.sopInstanceUid(),
                        step.status().name(),
                        encoded(step)))
                == 1;
    }

    @Override
    public Optional<ProcedureStep> lock(String source, String sopInstanceUid) {
        return statements
                .select(
                        Sql.of(LOCK, source, sopInstanceUid),
                        row -> new ProcedureStep(source, sopInstanceUid, StudyRows.decoded(row.getBytes(1))))
                .stream()
                .findFirst();
    }

    @Override
    public void update(ProcedureStep step) {
        statements.change(Sql.of(UPDATE, step.status().name(), encoded(step), step.source(), step.sopInstanceUid()));
    }

    private static byte[] encoded(ProcedureStep step) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        try {
            DatasetWriter.write(step.attributes(), out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
