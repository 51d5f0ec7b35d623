package org.countyhub.fhir.store.sql;

import java.util.function.UnaryOperator;

/**
 * The columns of a page: of matches under the alias {@code m}, of a materialized page under {@code q} and of what is
 * included under {@code r}; each takes one value, the bytes that bodies may come to.
 */
record PageColumns(String matched, String paged, String included) {
    /** The row of {@code resource r}, its body and its patient last. */
    static final String OF_ROW = "r.id, r.type, r.fhir_id, r.version, r.change, r.last_updated, r.body, r.patient";

    static final PageColumns SUMMED = new PageColumns(PageBody::column);
    static final PageColumns SMALL = new PageColumns(PageBody::smallColumn);

    private PageColumns(UnaryOperator<String> body) {
        this(columns("m", body), columns("q", body), columns("r", body));
    }

    private static String columns(String alias, UnaryOperator<String> body) {
        return OF_ROW.replace("r.body", body.apply("r")).replace("r.", alias + ".");
    }
}
