package org.countyhub.fhir.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** The small numbers that stand for resource types in the tables; table {@code resource_type}. */
public final class TypeIds {
    private static final String ADD = """
            insert into resource_type (id, name)
            select (select coalesce(max(id), 0) from resource_type) + row_number() over (order by n.name), n.name
            from unnest(?::text[]) as n(name)
            where not exists (select 1 from resource_type t where t.name = n.name)
            on conflict do nothing""";
    private static final String ALL = "select id, name from resource_type order by id";

    private final Map<String, Short> ids = new HashMap<>();
    private final Map<Short, String> names = new HashMap<>();

    /** Makes sure that every type has a number and loads the numbers. */
    public TypeIds(Db db, Collection<String> types) {
        db.transaction(() -> db.query(connection -> {
            try (var add = Sql.of(ADD, (Object) types.toArray(String[]::new)).prepare(connection)) {
                add.executeUpdate();
            }
            try (var all = Sql.of(ALL).prepare(connection);
                    ResultSet rows = all.executeQuery()) {
                load(rows);
            }
            return true;
        }));
    }

    private void load(ResultSet rows) throws SQLException {
        while (rows.next()) {
            ids.put(rows.getString(2), rows.getShort(1));
            names.put(rows.getShort(1), rows.getString(2));
        }
    }

    public short id(String type) {
        Short id = ids.get(type);
        if (id == null) {
            throw new IllegalArgumentException("no resource type " + type);
        }
        return id;
    }

    public String name(short id) {
        String name = names.get(id);
        if (name == null) {
            throw new IllegalArgumentException("no resource type has number " + id);
        }
        return name;
    }

    public Collection<Short> ids() {
        return names.keySet();
    }
}
