package org.countyhub.imaging.study;

/**
 * Who stores or asks.
 *
 * @param source the hospital whose device or system it is
 * @param name the calling AE title, or the name of an HTTP client
 * @param address where it called from
 */
public record Sender(Source source, String name, String address) {}
