package org.countyhub.imaging.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Where a request came from; a gateway on this machine tells where that was, and nobody else is believed. */
public final class ClientAddress {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}");

    private ClientAddress() {}

    public static InetAddress of(HttpServletRequest request) {
        InetAddress peer = parsed(request.getRemoteAddr());
        String forwarded = request.getHeader("X-Forwarded-For");
        return forwarded != null && peer.isLoopbackAddress() ? parsed(last(forwarded)) : peer;
    }

    private static String last(String header) {
        return header.substring(header.lastIndexOf(',') + 1).strip();
    }

    /** An address as digits, so that no name is ever looked up. */
    private static InetAddress parsed(@Nullable String text) {
        try {
            if (text != null && ADDRESS.matcher(text).matches()) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            // The same refusal.
        }
        throw Problem.malformed(Fault.at("X-Forwarded-For", "value", "the last one is no address"));
    }
}
