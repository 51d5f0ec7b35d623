package org.countyhub.fhir.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.countyhub.fhir.identity.link.Assurance;
import org.countyhub.fhir.identity.link.DecisionJournal;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.store.sql.IndexKeys;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Decisions in the tables {@code person_move} and {@code person_apart}; questions by the index on {@code Task.focus}. */
public final class PgDecisionJournal implements DecisionJournal {
    private static final String SET_APART = """
            insert into person_apart (one, other) values (?, ?) on conflict do nothing""";
    private static final String UNSET_APART = "delete from person_apart a where a.one = ? and a.other = ?";

    private static final String KEEP = """
            insert into person_move (decision, patient, from_person, to_person, assurance_before)
            select decision, patient, nullif(from_person, 0), to_person, nullif(assurance_before, 0)
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::smallint[])
              as n(decision, patient, from_person, to_person, assurance_before)""";
    private static final String MOVES = """
            select m.decision, m.patient, m.from_person, m.to_person, m.assurance_before
            from person_move m where m.decision = ? order by m.patient""";

    private static final int MAX_QUESTIONS = 1_000;
    private static final String QUESTIONS = """
            select distinct r.fhir_id from search_reference f join resource r on r.id = f.resource_id
            where f.target = any(?) and f.param = ? and r.type = ? and r.change in (1, 2)
            order by r.fhir_id limit ?""";
    private static final String JOINED = """
            select m.patient, max(d.last_updated) from person_move m join resource d on d.id = m.decision
            where m.patient = any(?) and m.to_person = ? group by m.patient""";

    private static final String APART = """
            select a.other from person_apart a where a.one = ?
            union all
            select a.one from person_apart a where a.other = ?""";

    private final Db db;
    private final TypeIds types;
    private final SearchParameter focus;

    public PgDecisionJournal(Db db, TypeIds types, SearchParameters parameters) {
        this.db = db;
        this.types = types;
        this.focus = Objects.requireNonNull(parameters.find("Task", "focus"));
    }

    @Override
    public void keep(Collection<Move> moves) {
        short[] before = new short[moves.size()];
        int at = 0;
        for (Move move : moves) {
            Assurance assurance = move.before();
            before[at++] = (short) (assurance == null ? 0 : assurance.level());
        }
        Statements.run(
                db,
                List.of(Sql.of(
                        KEEP,
                        moves.stream().mapToLong(Move::decision).toArray(),
                        moves.stream().mapToLong(Move::patient).toArray(),
                        moves.stream()
                                .mapToLong(move -> Objects.requireNonNullElse(move.from(), 0L))
                                .toArray(),
                        moves.stream().mapToLong(Move::to).toArray(),
                        before)));
    }

    @Override
    public List<Move> moves(long decision) {
        Sql sql = Sql.of(MOVES, decision);
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<Move> moves = new ArrayList<>();
                while (rows.next()) {
                    long from = rows.getLong(3);
                    int before = rows.getInt(5);
                    moves.add(new Move(
                            rows.getLong(1),
                            rows.getLong(2),
                            from == 0 ? null : Long.valueOf(from),
                            rows.getLong(4),
                            before == 0 ? null : Assurance.of(before)));
                }
                return moves;
            }
        });
    }

    @Override
    public List<ResourceKey> questionsAbout(Collection<Long> patients) {
        Sql sql = Sql.of(QUESTIONS, Longs.of(patients), IndexKeys.edge(focus), types.id("Task"), MAX_QUESTIONS);
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                List<ResourceKey> tasks = new ArrayList<>();
                while (rows.next()) {
                    tasks.add(new ResourceKey("Task", rows.getString(1)));
                }
                return tasks;
            }
        });
    }

    @Override
    public Map<Long, Instant> joined(long person, Collection<Long> patients) {
        Sql sql = Sql.of(JOINED, Longs.of(patients), person);
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                Map<Long, Instant> joined = new HashMap<>();
                while (rows.next()) {
                    joined.put(rows.getLong(1), PgResourceStore.instant(rows, 2));
                }
                return joined;
            }
        });
    }

    @Override
    public void setApart(List<Apart> pairs, boolean apart) {
        Statements.run(
                db,
                pairs.stream()
                        .map(pair -> Sql.of(
                                apart ? SET_APART : UNSET_APART,
                                Math.min(pair.one(), pair.other()),
                                Math.max(pair.one(), pair.other())))
                        .toList());
    }

    @Override
    public List<Long> apartFrom(long patient) {
        Sql sql = Sql.of(APART, patient, patient);
        return Statements.numbers(db, sql);
    }
}
