package org.countyhub.fhir.resource.format;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/**
 * Reads an XML document once, by itself, before any model is built: well-formed, UTF-8, no document type, no entities
 * beyond the five of XML, not too deep. The bound on its length is the bound on request bodies.
 */
final class XmlGuard {
    static final int MAX_DEPTH = 100;

    private static final String FHIR = "http://hl7.org/fhir";
    private static final String XHTML = "http://www.w3.org/1999/xhtml";

    // The JDK's reader, whatever else stands on the class path: its behaviour under these settings is known.
    private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

    static {
        FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        FACTORY.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        // The JDK bounds the depth too, but reports it as a fault of syntax.
        FACTORY.setProperty("jdk.xml.maxElementDepth", "0");
    }

    private XmlGuard() {}

    /** The document as text. */
    static String check(byte[] document) {
        String xml = decode(document);
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(xml));
            try {
                walk(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw malformed(e.getLocation(), "the document is not well-formed XML");
        }
        return xml;
    }

    private static void walk(XMLStreamReader reader) throws XMLStreamException {
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    checkNamespace(reader, depth == 1);
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD ->
                    throw malformed(reader.getLocation(), "a document type declaration is not allowed");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw malformed(reader.getLocation(), "an entity is not allowed");
                default -> {
                    // Text, comments and processing instructions add no depth.
                }
            }
            if (depth > MAX_DEPTH) {
                throw malformed(reader.getLocation(), "elements nest more than " + MAX_DEPTH + " deep");
            }
        }
    }

    /** FHIR R4 section 2.6.1: elements are of FHIR, and of XHTML within a narrative. */
    private static void checkNamespace(XMLStreamReader reader, boolean root) {
        String namespace = reader.getNamespaceURI();
        if (!FHIR.equals(namespace) && (root || !XHTML.equals(namespace))) {
            throw malformed(reader.getLocation(), "the element is not in the namespace " + FHIR);
        }
    }

    /** FHIR R4 section 3.1.0.1.10: FHIR uses UTF-8, so another encoding is an error and not a choice. */
    private static String decode(byte[] document) {
        try {
            String xml = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            return xml.startsWith("\uFEFF") ? xml.substring(1) : xml;
        } catch (CharacterCodingException e) {
            throw Problem.malformed(Fault.of("structure", "the document is not UTF-8"));
        }
    }

    private static ProblemException malformed(Location location, String diagnostics) {
        String place = "line " + location.getLineNumber() + ", column " + location.getColumnNumber();
        return Problem.malformed(Fault.at(place, "structure", diagnostics));
    }
}
