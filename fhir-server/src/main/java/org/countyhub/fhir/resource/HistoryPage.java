package org.countyhub.fhir.resource;

import java.util.List;

/**
 * What one page of a history holds.
 *
 * @param more whether older versions follow
 */
public record HistoryPage(List<StoredVersion> versions, boolean more) {}
