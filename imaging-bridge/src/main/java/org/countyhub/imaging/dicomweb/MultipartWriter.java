package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** Writes multipart/related (RFC 2387, PS3.18 section 8.6.1.2). */
final class MultipartWriter {
    private final String type;
    private final String boundary;

    /**
     * A writer.
     *
     * @param type media type of the parts, without parameters
     * @param mark what no part can hold, such as a digest of what they are taken from
     */
    MultipartWriter(String type, String mark) {
        this.type = type;
        this.boundary = "hub." + mark;
    }

    /** With a boundary of chance, where the parts come from more than one place. */
    static MultipartWriter random(String type) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new MultipartWriter(type, Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
    }

    String contentType() {
        return "multipart/related; type=\"" + type + "\"; boundary=\"" + boundary + "\"";
    }

    /** What precedes the content of a part. */
    byte[] head(String contentType, String location) {
        return ("\r\n--" + boundary + "\r\nContent-Type: " + contentType + "\r\nContent-Location: " + location
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    byte[] end() {
        return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Ends the body. */
    void finish(OutputStream out) throws IOException {
        out.write(end());
    }
}
