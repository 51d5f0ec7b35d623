package org.countyhub.imaging.film;

import java.time.Instant;

/**
 * A link that was opened in a browser.
 *
 * @param digest of the value of its cookie
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
public record FilmSession(byte[] digest, Instant opened, Instant expires, String address, String userAgent) {}
