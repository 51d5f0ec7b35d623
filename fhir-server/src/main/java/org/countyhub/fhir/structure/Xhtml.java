package org.countyhub.fhir.structure;

import java.io.StringReader;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Whether a narrative is one well-formed {@code div} of XHTML alone (FHIR R4 section 2.4.0); JSON may leave the namespace out. Document types are refused, so that nothing
 * is expanded or fetched; of entities only those of XML itself are known, as the section says.
 */
final class Xhtml {
    private Xhtml() {}

    static boolean isDiv(String text) {
        // A prolog could hold a document type; a narrative begins with its element.
        if (!text.startsWith("<div")) {
            return false;
        }
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text));
            try {
                reader.nextTag();
                String namespace = reader.getNamespaceURI();
                boolean div =
                        reader.getLocalName().equals("div") && (namespace == null || namespace.equals(XmlInput.XHTML));
                while (reader.hasNext()) {
                    div &= reader.next() != XMLStreamConstants.START_ELEMENT
                            || Objects.equals(reader.getNamespaceURI(), namespace);
                }
                return div;
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            return false;
        }
    }

    /** The parser of the JDK; one for each narrative, because it is not safe for use by many threads. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
