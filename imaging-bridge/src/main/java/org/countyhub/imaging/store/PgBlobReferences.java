package org.countyhub.imaging.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** What the index knows of blobs. */
final class PgBlobReferences {
    private static final String UNKNOWN = """
            select k.blob from unnest(?) k (blob)
             where not exists (select 1 from instance i where i.blob = k.blob)
               and not exists (select 1 from quarantine q where q.blob = k.blob and q.resolution is null)
               and not exists (select 1 from blob_removal r where r.blob = k.blob)
            """;
    private static final String DECIDED = """
            select d.blob from quarantine d
             where d.resolution is not null and d.resolved > ? and d.resolved <= ?
               and not exists (select 1 from instance i where i.blob = d.blob)
               and not exists (select 1 from quarantine q where q.blob = d.blob and q.resolution is null)
               and not exists (select 1 from blob_removal r where r.blob = d.blob)
             order by d.resolved, d.id
            """;

    private final Statements statements;

    PgBlobReferences(Db db) {
        statements = new Statements(db);
    }

    /** Those of the blobs that neither an instance nor an open entry of the quarantine has, and that are not due to be removed anyway. */
    List<String> unknown(Collection<String> blobs) {
        return statements.select(Sql.of(UNKNOWN, (Object) blobs.toArray(String[]::new)), row -> row.getString(1));
    }

    /** Blobs of entries that were decided in that time and that no instance has. */
    List<String> decided(Instant after, Instant until) {
        return statements.select(Sql.of(DECIDED, after, until), row -> row.getString(1));
    }
}
