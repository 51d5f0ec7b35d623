package org.countyhub.fhir.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.model.Criterion;
import org.countyhub.fhir.search.model.Include;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.kernel.Sql;

/**
 * From a search to its one SQL statement. Columns of a page: part (0 match, 1 included), place, id, type, fhir_id,
 * version, change, last_updated, body, patient, sort values.
 */
public final class SearchSql {
    /** What one page may bring along; beyond it the search is too costly. */
    public static final int MAX_INCLUDED = 5_000;

    private final SearchParameters parameters;
    private final ToIntFunction<String> typeIds;
    private final CriterionSql criteria;

    public SearchSql(SearchParameters parameters, ToIntFunction<String> typeIds) {
        this.parameters = parameters;
        this.typeIds = typeIds;
        this.criteria = new CriterionSql(parameters, typeIds);
    }

    /**
     * A compiled search.
     *
     * @param pointed whether the shape of the statement alone fixes a good plan: it starts from one patient, one id or
     *     one value. Other statements are planned anew with their values each time.
     */
    public record Statement(Sql sql, boolean pointed) {}

    /**
     * One page and one row more, which tells whether there is a next page.
     *
     * @param pageBytes where the stored bodies of the matches, or of what is included, come to this, the rest are null
     */
    public Statement page(SearchQuery query, int pageBytes) {
        return page(query, PageColumns.SUMMED, pageBytes, pageBytes);
    }

    /** The same for a page of which no body takes more than an even share of the room; one that does is null. */
    public Statement smallPage(SearchQuery query, int pageBytes) {
        return page(query, PageColumns.SMALL, pageBytes / (query.count() + 1), pageBytes / (MAX_INCLUDED + 1));
    }

    private Statement page(SearchQuery query, PageColumns columns, int bytesOfMatch, int bytesOfIncluded) {
        boolean pointed = pointed(query);
        Sql matches = matches(query, query.includes().isEmpty() ? "" : ", r.edge_params, r.edge_targets");
        if (query.includes().isEmpty()) {
            return new Statement(
                    Sql.of("select 0 as part, 0 as place, " + columns.matched(), bytesOfMatch)
                            .plus(", m.sort_values from (")
                            .plus(matches)
                            .plus(") as m"),
                    pointed);
        }
        return new Statement(withIncluded(query, matches, columns, bytesOfMatch, bytesOfIncluded), pointed);
    }

    /** The number of matches. */
    public Statement count(SearchQuery query) {
        Sql sql = Sql.of("select count(*) from resource r where ").plus(where(query));
        return new Statement(sql, pointed(query));
    }

    private boolean pointed(SearchQuery query) {
        return startsFromFew(query) || walksOneValue(query);
    }

    /** Whether a criterion narrows the search to what one patient, or a few ids, can be about. */
    private boolean startsFromFew(SearchQuery query) {
        return query.criteria().stream()
                .anyMatch(criterion -> criterion instanceof Criterion.Ids || bindsPatient(criterion));
    }

    private boolean bindsPatient(Criterion criterion) {
        return switch (criterion) {
            case Criterion.References refs -> criteria.references.ofPatient(refs);
            case Criterion.Chain chain ->
                criteria.references.covers(chain.parameter())
                        && chain.anyOf().stream().allMatch(SearchSql::identifiesPatient);
            case Criterion.Tokens ignored -> false;
            case Criterion.Strings ignored -> false;
            case Criterion.Uris ignored -> false;
            case Criterion.Dates ignored -> false;
            case Criterion.Ids ignored -> false;
            case Criterion.LastUpdated ignored -> false;
        };
    }

    /** A chain through anything else, such as a gender, may lead to half the county. */
    private static boolean identifiesPatient(Criterion.Link link) {
        return (link.targetType().equals("Patient") || link.targetType().equals("Person"))
                && (link.criterion() instanceof Criterion.Ids
                        || (link.criterion() instanceof Criterion.Tokens tokens
                                && tokens.parameter().code().equals("identifier")));
    }

    /** One token value and no order of its own: the index by value already lists the matches, newest first. */
    private static boolean walksOneValue(SearchQuery query) {
        return query.sort().isEmpty()
                && query.criteria().size() == 1
                && query.criteria().getFirst() instanceof Criterion.Tokens tokens
                && TokenSql.oneValue(tokens);
    }

    private Order order(SearchQuery query) {
        if (!query.sort().isEmpty()) {
            return Order.of(query.sort(), parameters);
        }
        if (query.criteria().stream().anyMatch(this::bindsPatient)) {
            return Order.NEWEST_DATE;
        }
        boolean whole = query.criteria().stream().allMatch(criterion -> criterion instanceof Criterion.LastUpdated);
        return whole ? Order.NEWEST_CHANGE : Order.NEWEST_NUMBER;
    }

    private Sql matches(SearchQuery query, String moreColumns) {
        Order order = order(query);
        Sql select = Sql.of("select " + PageColumns.OF_ROW + ", ")
                .plus(order.values())
                .plus(" as sort_values" + moreColumns);
        Sql body;
        if (walksOneValue(query) && query.criteria().getFirst() instanceof Criterion.Tokens tokens) {
            Sql walked = Sql.of("select distinct t.resource_id as id from search_token t where ")
                    .plus(TokenSql.rows(tokens))
                    .plus(" order by 1 desc");
            body = Sql.of("\nfrom (")
                    .plus(walked)
                    .plus(") as t join resource r on r.id = t.id where r.change in (1, 2)");
        } else {
            body = Sql.of("\nfrom resource r where ").plus(where(query));
        }
        if (query.after() != null) {
            body = body.plus(" and ").plus(order.after(query.after()));
        }
        return select.plus(body).plus("\n").plus(order.orderBy()).plus(" limit ?", query.count() + 1);
    }

    private Sql where(SearchQuery query) {
        List<Sql> conditions = new ArrayList<>();
        conditions.add(Sql.of("r.type = ? and r.change in (1, 2)", typeId(query.type())));
        boolean probe = startsFromFew(query);
        for (Criterion criterion : query.criteria()) {
            Condition condition = criteria.compile(criterion);
            conditions.add(probe ? condition.probe("r") : condition.on("r"));
        }
        return Sql.join(conditions, " and ");
    }

    private short typeId(String type) {
        return (short) typeIds.applyAsInt(type);
    }

    private Sql withIncluded(
            SearchQuery query, Sql matches, PageColumns columns, int bytesOfMatch, int bytesOfIncluded) {
        List<Sql> sources = query.includes().stream()
                .flatMap(include -> included(query, include).stream())
                .toList();
        return Sql.of("with page as materialized (select row_number() over () as place, m.* from (")
                .plus(matches)
                .plus(") as m)\nselect 0 as part, q.place, " + columns.paged() + ", q.sort_values", bytesOfMatch)
                .plus(" from page q\nunion all\n(select 1, 0, " + columns.included() + ", null from (", bytesOfIncluded)
                .plus(distinct(sources))
                .plus(") as i(id) join resource r on r.id = i.id where r.change in (1, 2)")
                .plus(" and not exists (select 1 from page p where p.id = r.id and p.place <= ?)", query.count())
                .plus(" limit ?)\norder by part, place", MAX_INCLUDED + 1);
    }

    /** Each number once: union does that by itself. */
    private static Sql distinct(List<Sql> sources) {
        return sources.size() > 1
                ? Sql.join(sources, "\nunion\n")
                : Sql.of("select distinct s.id from (").plus(sources.getFirst()).plus(") as s(id)");
    }

    private List<Sql> included(SearchQuery query, Include include) {
        return switch (include) {
            case Include.Forward forward -> List.of(forward(query, forward));
            case Include.Reverse reverse -> reverse(query, reverse);
        };
    }

    private Sql forward(SearchQuery query, Include.Forward forward) {
        Sql targets = Sql.of(
                        "select e.target from page p cross join lateral unnest(p.edge_params, p.edge_targets)"
                                + " as e(param, target) where p.place <= ? and ",
                        query.count())
                .plus(Parameters.oneOf("e.param", Parameters.edges(forward.parameters())));
        String type = forward.targetType();
        return type == null
                ? targets
                : Sql.of("select x.id from (")
                        .plus(targets)
                        .plus(") as t(id) join resource x on x.id = t.id where x.type = ?", typeId(type));
    }

    private List<Sql> reverse(SearchQuery query, Include.Reverse reverse) {
        List<Sql> sources = new ArrayList<>();
        sources.add(Sql.of(
                        "select f.resource_id from page p join search_reference f on f.target = p.id"
                                + " where p.place <= ? and ",
                        query.count())
                .plus(Parameters.oneOf("f.param", Parameters.edges(reverse.parameters()))));
        for (SearchParameter parameter : reverse.parameters()) {
            if (query.type().equals("Patient") && criteria.references.covers(parameter)) {
                sources.add(Sql.of(
                        "select x.id from page p join resource x on x.patient = p.id and x.type = ? where p.place <= ?",
                        typeId(parameter.type()),
                        query.count()));
            }
        }
        return sources;
    }
}
