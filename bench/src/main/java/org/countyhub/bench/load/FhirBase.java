package org.countyhub.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;

/**
 * The address of a FHIR server, and the requests to it as the bytes that go over the wire.
 *
 * @param path such as {@code /fhir}, without a slash at the end
 */
public record FhirBase(String host, int port, String path) {
    private static final String JSON = "application/fhir+json";

    static FhirBase of(String url) {
        URI uri = URI.create(url);
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("the base must look like http://host:port/fhir but is " + url);
        }
        String path = uri.getRawPath().replaceFirst("/+$", "");
        return new FhirBase(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort(), path);
    }

    /** A GET of an address relative to the base, such as {@code Patient/1} or {@code Patient?name=x}. */
    byte[] get(String relative) {
        return head("GET", path + "/" + relative).append("\r\n").toString().getBytes(UTF_8);
    }

    byte[] delete(String relative) {
        return head("DELETE", path + "/" + relative).append("\r\n").toString().getBytes(UTF_8);
    }

    /** A GET of a link the server gave, absolute or relative; always sent to this server. */
    byte[] follow(String link) {
        URI uri = URI.create(link);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String target = uri.isAbsolute() || link.startsWith("/") ? uri.getRawPath() : path + "/" + uri.getRawPath();
        return head("GET", target + query).append("\r\n").toString().getBytes(UTF_8);
    }

    public byte[] post(String relative, String json, String... headers) {
        return withBody("POST", relative, json.getBytes(UTF_8), headers);
    }

    byte[] post(String relative, byte[] json) {
        return withBody("POST", relative, json);
    }

    byte[] put(String relative, String json, String... headers) {
        return withBody("PUT", relative, json.getBytes(UTF_8), headers);
    }

    private byte[] withBody(String method, String relative, byte[] body, String... headers) {
        StringBuilder head = head(method, relative.isEmpty() ? path : path + "/" + relative)
                .append("Content-Type: " + JSON + "\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        byte[] headBytes = head.append("\r\n").toString().getBytes(UTF_8);
        byte[] request = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, request, 0, headBytes.length);
        System.arraycopy(body, 0, request, headBytes.length, body.length);
        return request;
    }

    private StringBuilder head(String method, String target) {
        return new StringBuilder(160)
                .append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append(':')
                .append(port)
                .append("\r\nAccept: " + JSON + "\r\n");
    }

    /** A value as it stands in a query. */
    static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
