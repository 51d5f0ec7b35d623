package org.countyhub.imaging.study;

/**
 * The DICOM JSON object of one instance, deflated so that many can be joined to one gzip stream.
 *
 * @param deflated raw deflate blocks (RFC 1951) that end at a byte boundary and are not the last of their stream
 * @param crc32 of what they inflate to
 * @param length of what they inflate to, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
public record Metadata(byte[] deflated, int crc32, int length) {}
