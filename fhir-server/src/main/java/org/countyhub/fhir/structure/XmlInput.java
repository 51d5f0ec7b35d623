package org.countyhub.fhir.structure;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * One XML document as events. It is read from UTF-8 alone, has no document type and no entities beyond the five of XML,
 * and its elements and attributes are bounded. Its length is bounded as every request body is. For one thread.
 */
final class XmlInput {
    static final String FHIR = "http://hl7.org/fhir";
    static final String XHTML = "http://www.w3.org/1999/xhtml";

    /** Levels of elements; JSON has a level more for each array, which {@link StructureCheck} counts. */
    static final int MAX_DEPTH = JsonTree.MAX_DEPTH;

    private static final int MAX_ATTRIBUTES = 100;

    private static final Set<String> ENCODINGS = Set.of("utf-8", "utf8", "us-ascii");

    // Woodstox, because it alone tells exactly where in the text an event begins and ends.
    private static final WstxInputFactory FACTORY = new WstxInputFactory();

    static {
        FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        FACTORY.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        FACTORY.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        FACTORY.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
        // An attachment is one attribute, as long as the body.
        FACTORY.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, Integer.MAX_VALUE);
    }

    /** Something that is well-formed XML and is not taken all the same. */
    private static final class NotTaken extends XMLStreamException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        NotTaken(String reason, Location location) {
            super(reason, location);
            this.reason = reason;
        }
    }

    private final String document;
    private final XMLStreamReader2 reader;
    private int depth;

    /** @throws XMLStreamException when the document does not even begin as one */
    XmlInput(String document) throws XMLStreamException {
        this.document = document;
        this.reader = (XMLStreamReader2) FACTORY.createXMLStreamReader(new StringReader(document));
        String encoding = reader.getCharacterEncodingScheme();
        // FHIR R4 section 3.1.0.1.10: FHIR uses UTF-8, so another encoding is an error and not a choice.
        if (encoding != null && !ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw new NotTaken("the encoding must be UTF-8", reader.getLocation());
        }
    }

    /** The text of a document, without a byte order mark. */
    static String decode(byte[] utf8) {
        int invalid = Utf8.firstInvalid(utf8, 0, utf8.length);
        if (invalid >= 0) {
            throw Problem.malformed(Fault.at("byte " + (invalid + 1), "structure", "the body is not UTF-8 text"));
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The name of the outermost element; empty when the bytes are no document. */
    static String outermost(byte[] utf8) {
        if (Utf8.firstInvalid(utf8, 0, utf8.length) >= 0) {
            return "";
        }
        try {
            XmlInput xml = new XmlInput(decode(utf8));
            while (xml.next() != XMLStreamConstants.START_ELEMENT) {
                // What comes before the outermost element says nothing about it.
            }
            return xml.at().getLocalName();
        } catch (XMLStreamException e) {
            return "";
        }
    }

    /** The next event, as {@link XMLStreamConstants} has them. */
    int next() throws XMLStreamException {
        int event = reader.next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                if (++depth > MAX_DEPTH) {
                    throw new NotTaken("elements nest more than " + MAX_DEPTH + " deep", reader.getLocation());
                }
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.DTD ->
                throw new NotTaken("a document type declaration is not allowed", reader.getLocation());
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw new NotTaken("an entity is not allowed", reader.getLocation());
            default -> {
                // Text, comments and processing instructions add no depth.
            }
        }
        return event;
    }

    /** Goes to the end of the element that has just begun. */
    void skip() throws XMLStreamException {
        int end = depth - 1;
        while (depth > end) {
            next();
        }
    }

    boolean hasNext() throws XMLStreamException {
        return reader.hasNext();
    }

    /** The reader on the current event, to be asked about it and not to be moved. */
    XMLStreamReader at() {
        return reader;
    }

    /** Whether the current text is whitespace alone. */
    boolean isWhitespace() {
        return reader.isWhiteSpace();
    }

    /** The offset in the document of the first character of the current event. */
    int start() {
        return (int) reader.getLocationInfo().getStartingCharOffset();
    }

    /** The offset behind the last character of the current event. */
    int end() throws XMLStreamException {
        return (int) reader.getLocationInfo().getEndingCharOffset();
    }

    /** A part of the document as it was sent. */
    String text(int start, int end) {
        return document.substring(start, end);
    }

    /** A fault of the current event. */
    Fault fault(String place, String code, String diagnostics) {
        return Fault.at(place, code, diagnostics + shown(reader.getLocation()));
    }

    /** The fault of a document that cannot be read to its end. */
    static Fault fault(String place, XMLStreamException e) {
        String reason = e instanceof NotTaken notTaken
                ? notTaken.reason
                : "the document is not well-formed XML, or has more than %d attributes in one element"
                        .formatted(MAX_ATTRIBUTES);
        return Fault.at(place, "structure", reason + (e.getLocation() == null ? "" : shown(e.getLocation())));
    }

    /** A place in the document, as diagnostics end with it. */
    static String shown(Location location) {
        return " (line %d, column %d)".formatted(location.getLineNumber(), location.getColumnNumber());
    }
}
