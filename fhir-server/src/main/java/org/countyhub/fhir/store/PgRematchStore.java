package org.countyhub.fhir.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.countyhub.fhir.identity.link.RematchStore;
import org.countyhub.fhir.resource.RecordKind;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.store.sql.IndexKeys;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/** What there is to be matched again, found by the search tokens of Tasks and in {@code person_link}; rounds in {@code match_round}. */
public final class PgRematchStore implements RematchStore {
    /** Of a Task that is not closed (R4, task-status). */
    private static final List<String> OPEN =
            List.of("draft", "requested", "received", "accepted", "ready", "in-progress", "on-hold");

    /** A question is asked once and waits; one that somebody has taken up has another status. */
    private static final String QUESTIONS = """
            select r.id, r.type, r.fhir_id, r.version, r.change, r.last_updated, r.body
            from search_token s join resource r on r.id = s.resource_id
            where s.value_hash = ? and s.resource_id > ?
              and exists (select 1 from search_token k
                where k.value_hash = ? and k.resource_id = s.resource_id and k.token_hash = ?)
            order by s.resource_id limit ?""";

    private static final String LONERS = """
            select r.id, r.type, r.fhir_id, r.version, r.change, r.last_updated, r.body
            from person_link l join resource r on r.id = l.patient
            where l.patient > ?
              and not exists (select 1 from person_link o where o.person = l.person and o.patient <> l.patient)
              and not exists (select 1
                from resource t
                join search_token k on k.value_hash = ? and k.resource_id = t.id and k.token_hash = ?
                join search_token s on s.value_hash = any(?) and s.resource_id = t.id
                where t.patient = l.patient and t.type = ?)
              and not exists (select 1
                from search_reference f
                join search_token k on k.value_hash = ? and k.resource_id = f.resource_id and k.token_hash = ?
                join search_token s on s.value_hash = any(?) and s.resource_id = f.resource_id
                where f.target = l.person)
            order by l.patient limit ?""";
    private static final String ROUND = "select model, began, position, wrapped from match_round where work = ?";
    private static final String KEEP = """
            insert into match_round (work, model, began, position, wrapped) values (?, ?, ?, ?, ?)
            on conflict (work) do update set model = excluded.model, began = excluded.began,
              position = excluded.position, wrapped = excluded.wrapped""";

    private final Db db;
    private final TypeIds types;
    private final BodyCodec codec;
    private final long requested;
    private final long[] open;
    private final long tagValue;
    private final long tagToken;

    public PgRematchStore(Db db, TypeIds types, BodyCodec codec, SearchParameters parameters) {
        this.db = db;
        this.types = types;
        this.codec = codec;
        SearchParameter status = Objects.requireNonNull(parameters.find("Task", "status"));
        this.requested = IndexKeys.value(status, "requested");
        this.open =
                OPEN.stream().mapToLong(code -> IndexKeys.value(status, code)).toArray();
        RecordKind kind = RecordKind.LINK_REVIEW;
        this.tagValue = IndexKeys.value(Objects.requireNonNull(parameters.find(kind.type(), "_tag")), kind.code());
        this.tagToken = IndexKeys.token(RecordKind.SYSTEM, kind.code());
    }

    @Override
    public @Nullable Round round(Work work) {
        Optional<Round> found = db.query(connection -> {
            try (PreparedStatement statement = Sql.of(ROUND, work.code()).prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Round(row.getInt(1), row.getLong(2), row.getLong(3), row.getBoolean(4)))
                        : Optional.empty();
            }
        });
        return found.orElse(null);
    }

    @Override
    public void keep(Work work, Round round) {
        Sql sql = Sql.of(KEEP, work.code(), round.model(), round.began(), round.position(), round.wrapped());
        db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection)) {
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public List<StoredVersion> next(Work work, long after, int most) {
        Sql sql =
                switch (work) {
                    case QUESTIONS -> Sql.of(QUESTIONS, requested, after, tagValue, tagToken, most);
                    case LONERS ->
                        Sql.of(
                                LONERS,
                                after,
                                tagValue,
                                tagToken,
                                open,
                                types.id("Task"),
                                tagValue,
                                tagToken,
                                open,
                                most);
                };
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<StoredVersion> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(PgPersonStore.version(rows, 1, types, codec));
                }
                return found;
            }
        });
    }
}
