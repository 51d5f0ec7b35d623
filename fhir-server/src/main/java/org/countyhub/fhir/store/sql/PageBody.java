package org.countyhub.fhir.store.sql;

/**
 * Bodies of a page as far as the room for it goes: the driver reads a whole answer into memory before the first row is
 * looked at, and a thousand bodies of the largest size would fill it many times over. Takes one value, the bytes. The
 * first row always has its body; where the room ends, the column is null. The length is known without reading the body.
 */
public final class PageBody {
    private PageBody() {}

    /**
     * The body where it takes no more than an even share of the room; takes the bytes of that share as its value. Where it is
     * null on a row that has one, the page has to be read by {@link #column}. Costs nothing, where the running sum takes half
     * of the time of a small page.
     */
    static String smallColumn(String alias) {
        return "case when octet_length(%1$s.body) <= ? then %1$s.body end".formatted(alias);
    }

    /** The body of rows that come in the order of the page. */
    public static String column(String alias) {
        return "case when coalesce(sum(octet_length(%1$s.body)) over (rows between unbounded preceding and 1 preceding), 0) < ? then %1$s.body end"
                .formatted(alias);
    }
}
