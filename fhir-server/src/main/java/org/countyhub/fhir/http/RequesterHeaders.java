package org.countyhub.fhir.http;

import com.google.common.net.InetAddresses;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.countyhub.fhir.disclosure.Requester;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, by the headers {@code X-Requester} and {@code X-Requester-Organization} that a gateway sets. Both may be left
 * out; what is malformed is refused, so that no answer is given under a name that cannot be told later.
 */
final class RequesterHeaders {
    static final String REQUESTER = "X-Requester";
    static final String ORGANIZATION = "X-Requester-Organization";
    private static final int MAX_NAME = 200;

    private RequesterHeaders() {}

    static Requester read(HttpServletRequest http) {
        String who = one(http, REQUESTER);
        String organization = one(http, ORGANIZATION);
        return who == null && organization == null
                ? Requester.NOT_SAID
                : new Requester(
                        who == null ? null : who(who), organization == null ? null : organization(organization));
    }

    private static @Nullable String one(HttpServletRequest http, String name) {
        Enumeration<String> values = http.getHeaders(name);
        String value = values.hasMoreElements() ? values.nextElement() : null;
        if (values.hasMoreElements()) {
            throw malformed(name, "is given more than once");
        }
        return value;
    }

    /** {@code [type]/[id]} as it stands; anything else is a name, percent-encoded where it is not ASCII. */
    private static String who(String sent) {
        if (Requester.reference(sent) != null) {
            return sent;
        }
        String name = decoded(sent).strip();
        boolean text = name.codePoints().noneMatch(c -> Character.isISOControl(c) || !Character.isDefined(c));
        if (name.isEmpty() || name.length() > MAX_NAME || name.indexOf('/') >= 0 || !text) {
            throw malformed(
                    REQUESTER,
                    "takes a reference to a Practitioner, PractitionerRole or Device, or a name of at most " + MAX_NAME
                            + " characters without a slash, in percent-encoded UTF-8");
        }
        return name;
    }

    private static String decoded(String sent) {
        if (sent.chars().anyMatch(c -> c > 0x7E)) {
            throw malformed(REQUESTER, "takes what is not ASCII in percent-encoded UTF-8");
        }
        try {
            String name = URLDecoder.decode(sent.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (name.indexOf('\uFFFD') < 0) {
                return name;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw malformed(REQUESTER, "is not percent-encoded as it should be");
    }

    private static ResourceKey organization(String sent) {
        ResourceKey key = ResourceKey.ofReference(sent);
        if (key == null || !key.type().equals("Organization") || !key.toString().equals(sent)) {
            throw malformed(ORGANIZATION, "takes a reference Organization/[id]");
        }
        return key;
    }

    private static RuntimeException malformed(String header, String what) {
        return Problem.malformed(Fault.at(header, "value", header + " " + what));
    }

    /**
     * Where a request comes from, a literal of IPv4 or IPv6: the peer, or, when that is this machine, the last that a gateway
     * on it has put into {@code X-Forwarded-For}.
     */
    static String address(HttpServletRequest http) {
        String peer = literal(http.getRemoteAddr());
        List<String> forwarded = Collections.list(http.getHeaders("X-Forwarded-For"));
        if (!forwarded.isEmpty() && InetAddresses.forString(peer).isLoopbackAddress()) {
            String last = forwarded.getLast();
            String nearest = last.substring(last.lastIndexOf(',') + 1).strip();
            return InetAddresses.isInetAddress(nearest) ? literal(nearest) : peer;
        }
        return peer;
    }

    /** Without the zone of a link-local address, which means something on this machine only. */
    private static String literal(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
