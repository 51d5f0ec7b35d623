package org.countyhub.fhir.disclosure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was answered with something of patients that were wrongly joined.
 *
 * @param requester who asked and for whom, as declared then
 * @param address where the requests came from, where no organization was said; null otherwise
 * @param first the first such answer
 * @param last the last one
 * @param answers how many there were
 */
public record Receiver(Requester requester, @Nullable String address, Instant first, Instant last, long answers) {}
