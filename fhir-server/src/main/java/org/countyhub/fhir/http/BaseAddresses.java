package org.countyhub.fhir.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The addresses under which clients know this server, and which of them a request came by: what links, Location and
 * CapabilityStatement.implementation.url start with. Headers only choose among the known ones, so that no client can have
 * the server name another.
 */
final class BaseAddresses {
    private static final String HTTP_PORT = ":80";
    private static final String HTTPS_PORT = ":443";

    private record Base(String address, String scheme, String authority, String path) {
        static Base of(String address) {
            URI uri = URI.create(address);
            return new Base(
                    address, uri.getScheme(), withoutDefaultPort(uri.getScheme(), uri.getAuthority()), uri.getPath());
        }

        boolean hasOrigin(String otherScheme, String otherAuthority) {
            return scheme.equalsIgnoreCase(otherScheme) && authority.equalsIgnoreCase(otherAuthority);
        }
    }

    private final List<Base> bases;

    /** @param addresses absolute, without trailing slashes; at least one, and the first is used when nothing tells better */
    BaseAddresses(List<String> addresses) {
        this.bases = addresses.stream().map(Base::of).toList();
    }

    /**
     * The address that the client used: the one that a gateway names ({@code Forwarded}, RFC 7239, or
     * {@code X-Forwarded-*}) if it is known, else the one that the request itself names if that is known, else the first.
     */
    String of(HttpServletRequest http) {
        String scheme = http.getScheme();
        String host = http.getHeader("Host");
        Base known = forwarded(http, scheme, host);
        if (known == null) {
            known = find(scheme, host, http.getContextPath() + http.getServletPath());
        }
        return known == null ? bases.getFirst().address() : known.address();
    }

    private @Nullable Base forwarded(HttpServletRequest http, String scheme, @Nullable String host) {
        String standard = http.getHeader("Forwarded");
        if (standard != null) {
            String nearest = first(standard);
            Base known = forwarded(
                    parameter(nearest, "proto", scheme),
                    parameter(nearest, "host", host == null ? "" : host),
                    null,
                    http);
            if (known != null) {
                return known;
            }
        }
        String proto = http.getHeader("X-Forwarded-Proto");
        String name = http.getHeader("X-Forwarded-Host");
        String port = http.getHeader("X-Forwarded-Port");
        String prefix = http.getHeader("X-Forwarded-Prefix");
        if (proto == null && name == null && port == null && prefix == null) {
            return null;
        }
        String authority = name != null ? first(name) : host == null ? "" : host;
        if (port != null && authority.lastIndexOf(':') <= authority.lastIndexOf(']')) {
            authority = authority + ":" + first(port);
        }
        return forwarded(proto == null ? scheme : first(proto), authority, prefix, http);
    }

    /** A gateway that names no prefix may have another path than this server all the same. */
    private @Nullable Base forwarded(
            String scheme, String authority, @Nullable String prefix, HttpServletRequest http) {
        String path = http.getContextPath() + http.getServletPath();
        if (prefix != null) {
            String before = first(prefix).replaceFirst("/+$", "");
            Base known = find(scheme, authority, before + path);
            return known == null ? find(scheme, authority, before) : known;
        }
        Base known = find(scheme, authority, path);
        return known == null ? find(scheme, authority, null) : known;
    }

    /** @param path null for any */
    private @Nullable Base find(String scheme, @Nullable String host, @Nullable String path) {
        if (host == null) {
            return null;
        }
        String authority = withoutDefaultPort(scheme, host);
        for (Base base : bases) {
            if (base.hasOrigin(scheme, authority)
                    && (path == null || base.path().equals(path))) {
                return base;
            }
        }
        return null;
    }

    private static String withoutDefaultPort(String scheme, String authority) {
        String port = scheme.equalsIgnoreCase("https") ? HTTPS_PORT : HTTP_PORT;
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    /** Each gateway adds to the end of a list; the first is the one that the client spoke to. */
    private static String first(String list) {
        int comma = list.indexOf(',');
        return (comma < 0 ? list : list.substring(0, comma)).strip();
    }

    private static String parameter(String element, String name, String ifAbsent) {
        for (String pair : element.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && pair.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals(name)) {
                return pair.substring(equals + 1).strip().replace("\"", "");
            }
        }
        return ifAbsent;
    }
}
