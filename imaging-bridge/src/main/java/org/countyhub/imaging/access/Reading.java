package org.countyhub.imaging.access;

import java.time.Instant;

/**
 * That somebody has looked at a study.
 *
 * @param id in the order of record; 0 of what is not on record yet
 * @param address where from
 */
public record Reading(long id, Instant at, Reader reader, String address, String studyUid, Ground ground) {}
