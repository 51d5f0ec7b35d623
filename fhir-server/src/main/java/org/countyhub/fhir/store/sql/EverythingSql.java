package org.countyhub.fhir.store.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.model.EverythingQuery;
import org.countyhub.fhir.search.model.SearchQuery.Cursor;
import org.countyhub.fhir.store.sql.SearchSql.Statement;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.Sql;

/**
 * Everything about a person or patient as one statement, whatever the number of types. Columns as those of {@link SearchSql}.
 * A page lists the numbers of all records of the patients from two indexes, some thousand at most, and reads the rows of one
 * page. The order is by rank, then by number: both never change, so that pages stay apart from one another.
 */
public final class EverythingSql {
    private static final String FOCUS = "0";
    private static final String PATIENT = "1";
    private static final String RECORD = "2";
    private static final String SUPPORTING = "3";

    private final SearchParameters parameters;
    private final ToIntFunction<String> typeIds;
    private final Collection<String> types;

    /** @param types all resource types */
    public EverythingSql(SearchParameters parameters, ToIntFunction<String> typeIds, Collection<String> types) {
        this.parameters = parameters;
        this.typeIds = typeIds;
        this.types = types;
    }

    /**
     * One page and one row more, which tells whether there is a next page.
     *
     * @param pageBytes where the stored bodies come to this, the rest are null
     */
    public Statement page(EverythingQuery query, int pageBytes) {
        return page(query, PageColumns.SUMMED, pageBytes);
    }

    /** The same for a page of which no body takes more than an even share of the room; one that does is null. */
    public Statement smallPage(EverythingQuery query, int pageBytes) {
        return page(query, PageColumns.SMALL, pageBytes / (query.count() + 1));
    }

    private Statement page(EverythingQuery query, PageColumns columns, int bytes) {
        boolean supporting = types.stream().anyMatch(type -> query.wants(type) && parameters.isSupporting(type));
        Sql pages = own(query);
        if (supporting) {
            pages = Sql.of("(")
                    .plus(pages)
                    .plus(")\nunion all\n(")
                    .plus(supporting(query))
                    .plus(")\nlimit ?", query.count() + 1);
        }
        Sql sql = Sql.of("with who as materialized (")
                .plus(who(query))
                .plus("),\nrecord as materialized (")
                .plus(records(query, supporting))
                .plus(")\nselect 0 as part, 0 as place, " + columns.matched(), bytes)
                .plus(", m.sort_values from (")
                .plus(pages)
                .plus(") as m");
        return new Statement(sql, false);
    }

    /** The numbers of the patients: those linked to the person, and those that a Person says it is linked to. */
    private Sql who(EverythingQuery query) {
        if (query.focusType().equals("Patient")) {
            return Sql.of("select ?::bigint as id", query.focus());
        }
        return Sql.of("select l.patient as id from person_link l where l.person = ?", query.focus())
                .plus("""
                        \nunion
                        select t.id from resource p cross join lateral unnest(p.edge_targets) as e(target)
                        join resource t on t.id = e.target where p.id = ? and t.type = ?""", query.focus(), typeId("Patient"));
    }

    /** What there is, whenever it was changed, with its rank and where it points to. */
    private Sql records(EverythingQuery query, boolean all) {
        Predicate<String> walked = type -> !parameters.isSupporting(type) && (all || query.wants(type));
        Sql sql = Sql.of(
                        "select r.id, case when r.id = ? then " + FOCUS + " when r.type = ? then " + PATIENT + " else "
                                + RECORD + " end as rank, r.edge_targets",
                        query.focus(),
                        typeId("Patient"))
                .plus(
                        "\nfrom (select ?::bigint as id union select w.id from who w\n"
                                + "union select x.id from who w join resource x on x.patient = w.id where x.type = any(?)",
                        query.focus(),
                        ids(type -> walked.test(type) && parameters.isRecord(type) && hasColumn(type)))
                .plus(
                        "\nunion select f.resource_id from who w join search_reference f on f.target = w.id"
                                + " and f.param = any(?)) as c join resource r on r.id = c.id",
                        (Object) edges(walked))
                .plus("\nwhere r.change in (1, 2) and r.type = any(?)", (Object) ids(walked));
        return query.care() == null
                ? sql
                : sql.plus(
                        " and (r.dated_low = '-infinity' or (r.dated_low < ? and r.dated_high > ?))",
                        query.care().highExclusive(),
                        query.care().lowInclusive());
    }

    private Sql own(EverythingQuery query) {
        return Sql.of("select " + PageColumns.OF_ROW + ", array[c.rank::text] as sort_values")
                .plus("\nfrom record c join resource r on r.id = c.id where ")
                .plus(wanted(query, "c.rank", type -> !parameters.isSupporting(type)))
                .plus(" order by c.rank, r.id limit ?", query.count() + 1);
    }

    /** Comes after all records, and is not looked for before they have all been sent. */
    private Sql supporting(EverythingQuery query) {
        return Sql.of("select " + PageColumns.OF_ROW + ", array['" + SUPPORTING + "'] as sort_values")
                .plus("\nfrom (select distinct e.target as id from record c")
                .plus(
                        " cross join lateral unnest(c.edge_targets) as e(target)) as s join resource r on r.id = s.id where ")
                .plus(wanted(query, SUPPORTING, parameters::isSupporting))
                .plus(" order by r.id limit ?", query.count() + 1);
    }

    private Sql wanted(EverythingQuery query, String rank, Predicate<String> kind) {
        List<Sql> conditions = new ArrayList<>();
        conditions.add(Sql.of(
                "r.change in (1, 2) and r.type = any(?)", (Object) ids(type -> kind.test(type) && query.wants(type))));
        if (query.since() != null) {
            conditions.add(Sql.of("r.last_updated >= ?", query.since()));
        }
        Cursor after = query.after();
        if (after != null) {
            if (after.values().size() != 1) {
                throw Problem.badSearch("_cursor", "the page link belongs to another search");
            }
            conditions.add(Sql.of(
                    "(" + rank + ", r.id) > (?::text::integer, ?)",
                    after.values().getFirst(),
                    after.surrogate()));
        }
        return Sql.join(conditions, " and ");
    }

    private boolean hasColumn(String type) {
        return parameters.patientPath(type) != null;
    }

    /** The references by which resources without a patient of their own are in a compartment. */
    private int[] edges(Predicate<String> walked) {
        List<SearchParameter> all = types.stream()
                .filter(type -> walked.test(type) && !hasColumn(type))
                .flatMap(type -> parameters.patientCompartment(type).stream())
                .toList();
        return Parameters.edges(all);
    }

    private short[] ids(Predicate<String> which) {
        List<String> some = types.stream().filter(which).toList();
        short[] ids = new short[some.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = typeId(some.get(i));
        }
        return ids;
    }

    private short typeId(String type) {
        return (short) typeIds.applyAsInt(type);
    }
}
