package org.countyhub.kernel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of SQL: text with {@code ?} places and the values bound to them. The only way to compose a statement at run
 * time; what a user sent is always a value, never text.
 */
public record Sql(String text, List<@Nullable Object> values) {
    public static final Sql EMPTY = new Sql("", List.of());

    public Sql {
        values = Collections.unmodifiableList(values);
    }

    /** A fragment with one value for each {@code ?} in it. */
    public static Sql of(String text, @Nullable Object... values) {
        return new Sql(text, Arrays.asList(values));
    }

    /** This fragment followed by another. */
    public Sql plus(Sql next) {
        List<@Nullable Object> all = new ArrayList<>(values.size() + next.values.size());
        all.addAll(values);
        all.addAll(next.values);
        return new Sql(text + next.text, all);
    }

    /** This fragment followed by text with its values. */
    public Sql plus(String nextText, @Nullable Object... nextValues) {
        return plus(of(nextText, nextValues));
    }

    /** The fragments with a separator between each two. */
    public static Sql join(List<Sql> parts, String separator) {
        StringBuilder text = new StringBuilder();
        List<@Nullable Object> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                text.append(separator);
            }
            text.append(parts.get(i).text);
            all.addAll(parts.get(i).values);
        }
        return new Sql(text.toString(), all);
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** Prepares the statement and binds its values; the caller closes it. */
    public PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            for (int i = 0; i < values.size(); i++) {
                bind(connection, statement, i + 1, values.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int place, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(place, Types.NULL);
            case Long number -> statement.setLong(place, number);
            case Integer number -> statement.setInt(place, number);
            case Short number -> statement.setShort(place, number);
            case Double number -> statement.setDouble(place, number);
            case Boolean flag -> statement.setBoolean(place, flag);
            case String text -> statement.setString(place, text);
            case byte[] bytes -> statement.setBytes(place, bytes);
            case Instant instant -> statement.setObject(place, timestamp(instant));
            case long[] numbers -> statement.setObject(place, numbers);
            case short[] numbers -> statement.setObject(place, numbers);
            case int[] numbers -> statement.setObject(place, numbers);
            case double[] numbers -> statement.setObject(place, numbers);
            case boolean[] flags -> statement.setObject(place, flags);
            case String[] texts -> statement.setArray(place, connection.createArrayOf("text", texts));
            case Double[] numbers -> statement.setArray(place, connection.createArrayOf("float8", numbers));
            case Long[] numbers -> statement.setArray(place, connection.createArrayOf("int8", numbers));
            case byte[][] bodies -> statement.setArray(place, connection.createArrayOf("bytea", bodies));
            default -> throw new IllegalArgumentException("no binding for " + value.getClass());
        }
    }

    /** An instant as PostgreSQL's timestamptz takes it. */
    public static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
