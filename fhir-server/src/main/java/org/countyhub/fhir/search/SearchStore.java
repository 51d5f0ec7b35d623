package org.countyhub.fhir.search;

import java.util.List;
import org.countyhub.fhir.resource.AnswerRoom;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.model.EverythingQuery;
import org.countyhub.fhir.search.model.SearchQuery;

/** Finds records by what they say. Calls join the transaction that the caller has open, if any. */
public interface SearchStore {
    /**
     * One page: matches in order, then what is included with them; all of it from one snapshot of the data. It ends
     * before the count asked for when the room for a page is used up.
     *
     * @throws org.countyhub.kernel.ProblemException {@code TooCostly} when too much would be included
     */
    SearchPage page(SearchQuery query, AnswerRoom room);

    /**
     * One page of everything about a person or patient: the resource itself, the patients of the person, the records of
     * these patients, and what the records refer to, each in the order of creation and each resource on one page only. What is
     * written while a client turns pages moves nothing that was there before.
     */
    SearchPage page(EverythingQuery query, AnswerRoom room);

    /** How many resources match, whatever the page size. */
    long count(SearchQuery query);

    /** The first matches of each query, up to its count, as conditional interactions need them; nothing is included. */
    List<List<StoredVersion>> matches(List<SearchQuery> queries);

    /** Up to {@code limit} resources with an identifier of any of these systems, by the addresses they are found under. */
    List<ResourceKey> holders(List<String> systems, int limit);
}
