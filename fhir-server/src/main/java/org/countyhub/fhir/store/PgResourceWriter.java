package org.countyhub.fhir.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.search.index.IndexExtractor;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.structure.Place;
import org.countyhub.fhir.structure.StructureVisitor;
import org.countyhub.fhir.structure.StructureWalk;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Writes planned changes: one statement for each table, all of them sent to the database in one round trip. Of an
 * update only the search rows that differ are touched.
 */
public final class PgResourceWriter {
    private final Db db;
    private final TypeIds types;
    private final BodyCodec codec;
    private final IndexExtractor extractor;
    private final SearchParameters parameters;
    private final StructureWalk walk;
    private final LocalReferences local;
    private final IndexRoom room = new IndexRoom();

    public PgResourceWriter(
            Db db,
            TypeIds types,
            BodyCodec codec,
            IndexExtractor extractor,
            SearchParameters parameters,
            StructureWalk walk,
            LocalReferences local) {
        this.db = db;
        this.types = types;
        this.codec = codec;
        this.extractor = extractor;
        this.parameters = parameters;
        this.walk = walk;
        this.local = local;
    }

    void write(List<ResourceChange> changes, Map<ResourceKey, Long> surrogates) {
        try (IndexRoom.Rows rows = room.open()) {
            write(changes, surrogates, rows);
        }
    }

    private void write(List<ResourceChange> changes, Map<ResourceKey, Long> surrogates, IndexRoom.Rows rows) {
        RecordBatch records = new RecordBatch();
        SearchBatch added = new SearchBatch();
        SearchBatch removed = new SearchBatch();
        for (ResourceChange change : changes) {
            ResourceRows now = rows(rows, change.resource(), change.references());
            ResourceRows before = rows(rows, change.previous(), references(change.previous()));
            byte[] body = change.resource() == null ? null : codec.encode(change.json());
            records.add(change, types.id(change.key().type()), body, now, before, surrogates);
            added.addMissing(change.surrogate(), now, before);
            removed.addMissing(change.surrogate(), before, now);
        }
        List<Sql> statements = new ArrayList<>();
        records.statements(statements);
        removed.deletes(statements);
        added.inserts(statements);
        Sql all = Sql.join(statements, ";\n");

        db.query(connection -> {
            try (PreparedStatement statement = all.prepare(connection)) {
                statement.execute();
                if (records.hasUpdates()) {
                    records.requireUpdated(statement);
                }
            }
            return true;
        });
    }

    /** The local resources that a stored resource refers to anywhere. */
    private Set<ResourceKey> references(@Nullable ObjectNode resource) {
        Set<ResourceKey> references = new LinkedHashSet<>();
        if (resource != null) {
            walk.walk(resource, new StructureVisitor() {
                @Override
                public void reference(ObjectNode reference, Place place) {
                    ResourceKey key = local.key(reference.path("reference").asText());
                    if (key != null) {
                        references.add(key);
                    }
                }
            });
        }
        return references;
    }

    private @Nullable ResourceRows rows(
            IndexRoom.Rows rows, @Nullable ObjectNode resource, Set<ResourceKey> references) {
        return resource == null ? null : ResourceRows.of(rows, extractor, parameters, local, resource, references);
    }
}
