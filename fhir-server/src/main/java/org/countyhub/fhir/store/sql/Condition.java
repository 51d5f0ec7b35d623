package org.countyhub.fhir.store.sql;

import java.util.function.Function;
import org.countyhub.kernel.Sql;

/** A compiled criterion: which resources meet it. */
sealed interface Condition {
    /** Those whose numbers a subselect yields. */
    record Members(Sql numbers) implements Condition {}

    /** Those whose row of {@code resource}, under the given alias, meets a condition. */
    record OnRow(Function<String, Sql> test) implements Condition {}

    /** The condition on a row of {@code resource}. */
    default Sql on(String alias) {
        return switch (this) {
            case Members members ->
                Sql.of(alias + ".id in (").plus(members.numbers()).plus(")");
            case OnRow row -> row.test().apply(alias);
        };
    }

    /** A subselect of the numbers of the resources of a type. */
    default Sql numbers(short type) {
        return switch (this) {
            case Members members -> members.numbers();
            case OnRow row ->
                Sql.of("select x.id from resource x where x.type = ? and x.change in (1, 2) and ", type)
                        .plus(row.test().apply("x"));
        };
    }
}
