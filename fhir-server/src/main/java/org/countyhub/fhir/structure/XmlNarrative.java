package org.countyhub.fhir.structure;

import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The narrative of a resource in XML as the string that JSON has for it (FHIR R4 section 2.6.2.6): the characters that were
 * sent, where they mean the same by themselves; otherwise, when its elements have a prefix or their namespace is
 * declared further out, the same elements with a namespace of their own.
 */
final class XmlNarrative {
    /** HTML reads {@code <a/>} as a beginning; only these have no end. */
    private static final Set<String> WITHOUT_CONTENT =
            Set.of("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param");

    private final XmlInput xml;
    private final StringBuilder written = new StringBuilder();
    private boolean standsAlone;
    private boolean xhtml = true;

    private XmlNarrative(XmlInput xml) {
        this.xml = xml;
        this.standsAlone = declaresNamespace(xml.at());
    }

    /** Reads the div that has begun; null when it holds elements or attributes that are not XHTML. */
    static @Nullable String read(XmlInput xml) throws XMLStreamException {
        XmlNarrative narrative = new XmlNarrative(xml);
        int start = xml.start();
        narrative.element(true);
        if (!narrative.xhtml) {
            return null;
        }
        return narrative.standsAlone ? xml.text(start, xml.end()) : narrative.written.toString();
    }

    private static boolean declaresNamespace(XMLStreamReader at) {
        for (int i = 0; i < at.getNamespaceCount(); i++) {
            if (at.getNamespacePrefix(i) == null || at.getNamespacePrefix(i).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void element(boolean outermost) throws XMLStreamException {
        XMLStreamReader at = xml.at();
        String name = at.getLocalName();
        xhtml &= XmlInput.XHTML.equals(at.getNamespaceURI());
        standsAlone &= at.getPrefix() == null || at.getPrefix().isEmpty();
        written.append('<').append(name);
        if (outermost) {
            written.append(" xmlns=\"").append(XmlInput.XHTML).append('"');
        }
        attributes(at);
        int content = written.append('>').length();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> element(false);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    XmlText.escape(at.getText(), written);
                default -> {
                    // Comments and processing instructions say nothing to a reader.
                }
            }
        }
        if (written.length() == content && WITHOUT_CONTENT.contains(name)) {
            written.insert(content - 1, '/');
        } else {
            written.append("</").append(name).append('>');
        }
    }

    private void attributes(XMLStreamReader at) {
        for (int i = 0; i < at.getAttributeCount(); i++) {
            String prefix = at.getAttributePrefix(i) == null ? "" : at.getAttributePrefix(i);
            // The prefix xml needs no declaration; another one is no attribute of XHTML.
            xhtml &= prefix.isEmpty() || prefix.equals("xml");
            written.append(' ').append(prefix.isEmpty() ? "" : "xml:").append(at.getAttributeLocalName(i));
            written.append("=\"");
            XmlText.escape(at.getAttributeValue(i), written);
            written.append('"');
        }
    }
}
