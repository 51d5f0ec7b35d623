package org.countyhub.bench.imaging;

import java.nio.charset.StandardCharsets;
import org.countyhub.bench.load.FhirBase;

/** Requests to a DICOMweb server as the bytes that go over the wire (PS3.18). */
record DicomWeb(FhirBase base) {
    static final String JSON = "application/dicom+json";
    static final String INSTANCE = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
    static final String PLAIN_FRAME = "multipart/related; type=\"application/octet-stream\"";
    static final String JPEG_FRAME = "multipart/related; type=\"image/jpeg\"; transfer-syntax=1.2.840.10008.1.2.4.50";

    byte[] get(String relative, String accept, String... headers) {
        StringBuilder head =
                head("GET", relative).append("Accept: ").append(accept).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return bytes(head.append("\r\n"));
    }

    /** The head of a request with a body. */
    byte[] post(String relative, String contentType, long length) {
        return bytes(head("POST", relative)
                .append("Accept: " + JSON + "\r\nContent-Type: ")
                .append(contentType)
                .append("\r\nContent-Length: ")
                .append(length)
                .append("\r\n\r\n"));
    }

    private StringBuilder head(String method, String relative) {
        return new StringBuilder(512)
                .append(method)
                .append(' ')
                .append(base.path())
                .append('/')
                .append(relative)
                .append(" HTTP/1.1\r\nHost: ")
                .append(base.host())
                .append(':')
                .append(base.port())
                .append("\r\n");
    }

    private static byte[] bytes(StringBuilder head) {
        return head.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
