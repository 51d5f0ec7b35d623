package org.countyhub.imaging.remote;

import java.net.URI;

/** Addresses as switches give them. */
final class HttpAddress {
    private HttpAddress() {}

    /** An absolute http or https address without a trailing slash; throws IllegalArgumentException that names the switch. */
    static String of(String name, String value) {
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " must be an address but is " + value, e);
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException(
                    name + " must be an http or https address without parameters but is " + value);
        }
        return value.replaceAll("/+$", "");
    }
}
