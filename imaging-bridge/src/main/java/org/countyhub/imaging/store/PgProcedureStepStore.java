package org.countyhub.imaging.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

    private final Db db;

    public PgProcedureStepStore(Db db) {
        this.db = db;
    }

    @Override
    public boolean create(ProcedureStep step) {
        return update(Sql.of(
                        CREATE,
                        step.source(),
                        step.sopInstanceUid(),
                        step.status().name(),
                        encoded(step)))
                == 1;
    }

    @Override
    public Optional<ProcedureStep> lock(String source, String sopInstanceUid) {
        return db.query(connection -> {
            try (PreparedStatement statement =
                            Sql.of(LOCK, source, sopInstanceUid).prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new ProcedureStep(source, sopInstanceUid, StudyRows.decoded(row.getBytes(1))))
                        : Optional.empty();
            }
        });
    }

    @Override
    public void update(ProcedureStep step) {
        update(Sql.of(UPDATE, step.status().name(), encoded(step), step.source(), step.sopInstanceUid()));
    }

    private int update(Sql sql) {
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection)) {
                return statement.executeUpdate();
            }
        });
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
