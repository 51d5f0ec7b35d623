package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.render.StructuredReport;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Instances that are documents and no images, as a browser shows them (PS3.18 section 8.7.4): an encapsulated document (PS3.3 section
 * C.24.2) as what it is, a structured report as a page or as text.
 */
final class Documents {
    static final String HTML = "text/html";
    static final String PLAIN = "text/plain";
    static final String PDF = "application/pdf";

    private static final String STRUCTURED_REPORTS = "1.2.840.10008.5.1.4.1.1.88.";
    private static final String ENCAPSULATED_PDF = "1.2.840.10008.5.1.4.1.1.104.1";
    private static final String ENCAPSULATED = "1.2.840.10008.5.1.4.1.1.104.";

    /** What is handed out by the type that an instance says it has, and how its file is called; pages with scripts are not among them. */
    private static final Map<String, String> EXTENSIONS = Map.of(
            PDF,
            "pdf",
            "text/xml",
            "xml",
            "application/xml",
            "xml",
            "model/stl",
            "stl",
            "model/obj",
            "obj",
            "model/mtl",
            "mtl");

    private final Headers headers;

    Documents(Headers headers) {
        this.headers = headers;
    }

    /**
     * A document as it is sent.
     *
     * @param contentType with its character set
     * @param disposition whether it is to be shown or to be kept as a file (RFC 6266)
     * @param policy of what it may do in a browser; null for PDF, which is shown by a program of its own
     * @param size in bytes
     */
    record Document(
            String contentType,
            String disposition,
            @Nullable String policy,
            long size,
            Reply.Body body) {
        /** What tells it from other representations of the same instance. */
        int mark() {
            return (contentType + size).hashCode();
        }
    }

    static boolean contains(Stored stored) {
        return isReport(stored) || stored.sopClassUid().startsWith(ENCAPSULATED);
    }

    private static boolean isReport(Stored stored) {
        return stored.sopClassUid().startsWith(STRUCTURED_REPORTS);
    }

    /** The document in the media type that is taken best; NotAcceptable where none is. */
    Document of(Located instance, List<MediaRange> ranges) throws IOException {
        return isReport(instance.stored())
                ? report(instance.stored(), ranges)
                : encapsulated(instance.stored(), ranges);
    }

    private Document report(Stored stored, List<MediaRange> ranges) throws IOException {
        String type = taken(ranges, List.of(HTML, PLAIN), "a structured report is given as text/html or text/plain");
        StructuredReport report =
                StructuredReport.of(headers.whole(stored), stored.patient().id());
        byte[] bytes = (type.equals(HTML) ? report.html() : report.text()).getBytes(StandardCharsets.UTF_8);
        return new Document(
                type + ";charset=utf-8",
                "inline",
                "default-src 'none'; sandbox",
                bytes.length,
                (out, position, length) -> out.write(bytes, (int) position, (int) length));
    }

    private Document encapsulated(Stored stored, List<MediaRange> ranges) throws IOException {
        Dataset header = headers.of(stored);
        String type = stored.sopClassUid().equals(ENCAPSULATED_PDF)
                ? PDF
                : header.string(Tag.MIMETypeOfEncapsulatedDocument, "").toLowerCase(Locale.ROOT);
        @Nullable String extension = EXTENSIONS.get(type);
        if (extension == null) {
            throw Accepted.refusal("documents of this type are not rendered; their bytes are given as bulk data");
        }
        taken(ranges, List.of(type), "this document is given as " + type);
        boolean shown = type.equals(PDF);
        Content content = content(stored, header);
        return new Document(
                type,
                (shown ? "inline" : "attachment") + "; filename=\"" + stored.sopInstanceUid() + "." + extension + "\"",
                shown ? null : "default-src 'none'; sandbox",
                content.size(),
                content.body());
    }

    private static String taken(List<MediaRange> ranges, List<String> offered, String otherwise) {
        for (MediaRange range : ranges) {
            for (String type : offered) {
                if (!range.isMultipart() && range.takes(type)) {
                    return type;
                }
            }
        }
        throw Accepted.refusal(otherwise);
    }

    /** Sent as it is read: a document may be larger than what is to be held in memory. */
    private Content content(Stored stored, Dataset header) {
        Content value =
                switch (header.element(Tag.EncapsulatedDocument)) {
                    case Element.Bulk bulk ->
                        new Content(
                                bulk.length(),
                                (out, position, length) -> headers.little(stored, bulk, position, length, out));
                    case Element.Bytes bytes ->
                        new Content(
                                bytes.value().length,
                                (out, position, length) -> out.write(bytes.value(), (int) position, (int) length));
                    case Element.Fragments ignored -> throw none();
                    case Element.Items ignored -> throw none();
                    case null -> throw none();
                };
        // Without the byte that was added to make the length even (PS3.3 section C.24.2).
        boolean isPadded = header.integer(Tag.EncapsulatedDocumentLength, value.size()) == value.size() - 1;
        return isPadded ? new Content(value.size() - 1, value.body()) : value;
    }

    /** Bytes of a document, and how many. */
    private record Content(long size, Reply.Body body) {}

    private static RuntimeException none() {
        return Problem.notFound("there is no document in this instance");
    }
}
