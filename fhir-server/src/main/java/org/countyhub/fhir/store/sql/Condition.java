package org.countyhub.fhir.store.sql;

import java.util.function.Function;
import org.countyhub.kernel.Sql;

/** A compiled criterion: which resources meet it. */
sealed interface Condition {
    /**
     * Those with a row in a search table.
     *
     * @param table the table and its alias, such as {@code search_token t}
     * @param number the column that holds the number of the resource, such as {@code t.resource_id}
     * @param rows which rows of the table
     */
    record Members(String table, String number, Sql rows) implements Condition {}

    /** Those whose row of {@code resource}, under the given alias, meets a condition. */
    record OnRow(Function<String, Sql> test) implements Condition {}

    /** The condition on a row of {@code resource}; the planner decides from which side to go. */
    default Sql on(String alias) {
        return switch (this) {
            case Members members ->
                Sql.of(alias + ".id in (").plus(numbers(members)).plus(")");
            case OnRow row -> row.test().apply(alias);
        };
    }

    /**
     * The condition on a row of {@code resource} that something else has found: one look into an index for each row.
     * OFFSET 0 keeps the planner from turning it round, which it would do on its estimate that a code and its system
     * are independent.
     */
    default Sql probe(String alias) {
        return switch (this) {
            case Members members ->
                Sql.of("exists (select 1 from " + members.table() + " where " + members.number() + " = " + alias
                                + ".id and ")
                        .plus(members.rows())
                        .plus(" offset 0)");
            case OnRow row -> row.test().apply(alias);
        };
    }

    /** A subselect of the numbers of the resources of a type. */
    default Sql numbers(short type) {
        return switch (this) {
            case Members members -> numbers(members);
            case OnRow row ->
                Sql.of("select x.id from resource x where x.type = ? and x.change in (1, 2) and ", type)
                        .plus(row.test().apply("x"));
        };
    }

    private static Sql numbers(Members members) {
        return Sql.of("select " + members.number() + " from " + members.table() + " where ")
                .plus(members.rows());
    }
}
