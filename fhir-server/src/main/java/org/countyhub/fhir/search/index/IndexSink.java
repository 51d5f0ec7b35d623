package org.countyhub.fhir.search.index;

import java.util.List;

/** Receives what a resource contributes to search. The same value may come twice. */
public interface IndexSink {
    /** One value of a parameter that is not composite. */
    void value(SearchParameter parameter, IndexValue value);

    /** One combination of values of a composite parameter, one for each of its components and in their order. */
    void composite(SearchParameter parameter, List<IndexValue> components);
}
