package org.countyhub.fhir.hl7v2.message;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a message.
 *
 * @param text for people; never a name or number of a patient
 */
public record MessageError(@Nullable Location location, ErrorCode code, String text) {}
