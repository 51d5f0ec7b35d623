package org.countyhub.imaging.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.quarantine.QuarantineEntry;
import org.countyhub.imaging.quarantine.QuarantineStore;
import org.countyhub.imaging.study.QuarantineReason;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** The quarantine in PostgreSQL; {@link InstanceRows} puts entries in. */
public final class PgQuarantineStore implements QuarantineStore {
    private static final String SELECT = """
            select id, received, source, sender, address, reason, detail, patient_system, patient_id, study_uid, series_uid,
                   sop_instance_uid, sop_class_uid, transfer_syntax, blob, dataset_position, size, digest, resolution, resolved, resolved_by
              from quarantine
            """;

    private final Statements statements;

    public PgQuarantineStore(Db db) {
        statements = new Statements(db);
    }

    @Override
    public List<QuarantineEntry> open(long afterId, int limit) {
        return select(Sql.of(SELECT).plus("where resolution is null and id > ? order by id limit ?", afterId, limit));
    }

    @Override
    public long count() {
        return statements
                .select(Sql.of("select count(*) from quarantine where resolution is null"), row -> row.getLong(1))
                .getFirst();
    }

    @Override
    public Optional<QuarantineEntry> entry(long id) {
        return select(Sql.of(SELECT).plus("where id = ?", id)).stream().findFirst();
    }

    @Override
    public Optional<QuarantineEntry> lock(long id) {
        return select(Sql.of(SELECT).plus("where id = ? and resolution is null for update", id)).stream()
                .findFirst();
    }

    @Override
    public void resolve(long id, QuarantineEntry.Decision decision, Instant at, String by) {
        statements.change(Sql.of(
                "update quarantine set resolution = ?, resolved = ?, resolved_by = ? where id = ?",
                decision.name(),
                at,
                by,
                id));
    }

    private List<QuarantineEntry> select(Sql sql) {
        return statements.select(sql, PgQuarantineStore::entry);
    }

    private static QuarantineEntry entry(ResultSet row) throws SQLException {
        String decision = row.getString("resolution");
        return new QuarantineEntry(
                row.getLong("id"),
                Statements.instant(row, "received"),
                row.getString("source"),
                row.getString("sender"),
                row.getString("address"),
                QuarantineReason.valueOf(row.getString("reason")),
                row.getString("detail"),
                row.getString("patient_system"),
                row.getString("patient_id"),
                row.getString("study_uid"),
                row.getString("series_uid"),
                row.getString("sop_instance_uid"),
                row.getString("sop_class_uid"),
                new TransferSyntax(row.getString("transfer_syntax")),
                row.getString("blob"),
                row.getInt("dataset_position"),
                row.getLong("size"),
                row.getBytes("digest"),
                decision == null
                        ? Optional.empty()
                        : Optional.of(new QuarantineEntry.Resolution(
                                QuarantineEntry.Decision.valueOf(decision),
                                Statements.instant(row, "resolved"),
                                row.getString("resolved_by"))));
    }
}
