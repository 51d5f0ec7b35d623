package org.countyhub.fhir.hl7v2.mllp;

/**
 * A block of MLLP without its marks.
 *
 * @param content the bytes; only the first of them when the block was too large
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; handed on once
record Frame(byte[] content, boolean tooLarge) {}
