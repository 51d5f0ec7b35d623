package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.countyhub.fhir.structure.TypeDefinition.Kind;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * Writes trees of resources as UTF-8 XML (FHIR R4 section 2.6.1), elements in the order of the specification. Reading it
 * back with {@link ResourceParser#parseXml} gives an equal tree: decimals, the extensions of primitives and narratives
 * keep every character. Safe for use by many threads.
 */
public final class XmlWriter {
    private final Definitions definitions;

    public XmlWriter(Definitions definitions) {
        this.definitions = definitions;
    }

    /**
     * The XML of a resource that has been checked.
     *
     * @param pretty indents it for people, narratives apart
     * @throws org.countyhub.kernel.ProblemException {@code NotAcceptable} when it holds a character that XML 1.0 has not
     */
    public byte[] write(ObjectNode resource, boolean pretty) {
        try {
            Document document = new Document(pretty);
            document.resource(resource, 0);
            return document.out.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            Fault fault = Fault.of("structure", "the resource holds a character that XML does not have");
            throw new Problem.NotAcceptable(List.of(fault)).exception();
        }
    }

    private final class Document {
        private final StringBuilder out = new StringBuilder(1024);
        private final boolean pretty;

        Document(boolean pretty) {
            this.pretty = pretty;
        }

        void resource(ObjectNode resource, int depth) {
            String type = resource.path("resourceType").asText();
            begin(type, depth);
            if (depth == 0) {
                attribute("xmlns", XmlInput.FHIR);
            }
            content(type, resource, definitions.resource(type), depth);
        }

        private void begin(String name, int depth) {
            line(depth);
            out.append('<').append(name);
        }

        private void line(int depth) {
            if (pretty && out.length() > 0) {
                out.append('\n').repeat("  ", depth);
            }
        }

        private void attribute(String name, String value) {
            out.append(' ').append(name).append("=\"");
            XmlText.escape(value, out);
            out.append('"');
        }

        private void attributes(JsonNode object, TypeDefinition type) {
            for (ElementDefinition element : type.elements()) {
                JsonNode value = object.path(element.name());
                if (!value.isMissingNode() && type.isAttribute(element)) {
                    attribute(element.name(), value.asText());
                }
            }
        }

        /** Ends the start tag that is open, with what is in the element and its end. */
        private void content(String name, JsonNode object, TypeDefinition type, int depth) {
            int start = out.append('>').length();
            for (ElementDefinition element : type.elements()) {
                if (!type.isAttribute(element)) {
                    element(element, object, depth + 1);
                }
            }
            if (out.length() == start) {
                out.insert(start - 1, '/');
            } else {
                line(depth);
                out.append("</").append(name).append('>');
            }
        }

        private void element(ElementDefinition element, JsonNode parent, int depth) {
            JsonNode value = parent.path(element.name());
            JsonNode companion = element.type().kind() == Kind.PRIMITIVE
                    ? parent.path("_" + element.name())
                    : MissingNode.getInstance();
            if (!element.repeats()) {
                item(element, value, companion, depth);
                return;
            }
            for (int i = 0; i < Math.max(value.size(), companion.size()); i++) {
                item(element, value.path(i), companion.path(i), depth);
            }
        }

        private void item(ElementDefinition element, JsonNode value, JsonNode companion, int depth) {
            if (isNone(value) && isNone(companion)) {
                return;
            }
            String name = element.name();
            TypeDefinition type = element.type();
            switch (type.kind()) {
                case PRIMITIVE -> {
                    begin(name, depth);
                    attributes(companion, definitions.primitiveElement());
                    if (!isNone(value)) {
                        attribute("value", text(value));
                    }
                    content(name, companion, definitions.primitiveElement(), depth);
                }
                case XHTML -> {
                    line(depth);
                    out.append(withNamespace(value.asText()));
                }
                case ANY_RESOURCE -> {
                    begin(name, depth);
                    out.append('>');
                    resource((ObjectNode) value, depth + 1);
                    line(depth);
                    out.append("</").append(name).append('>');
                }
                case COMPLEX, BACKBONE, RESOURCE -> {
                    begin(name, depth);
                    attributes(value, type);
                    content(name, value, type, depth);
                }
            }
        }

        private static boolean isNone(JsonNode node) {
            return node.isMissingNode() || node.isNull();
        }

        private static String text(JsonNode value) {
            return value.isBigDecimal() ? ResourceWriter.text(value.decimalValue()) : value.asText();
        }

        /** JSON does without the namespace now and then; in XML the div would be one of FHIR's then. */
        private static String withNamespace(String div) {
            int end = div.indexOf('>');
            boolean declared = end > 0 && div.substring(0, end).matches("(?s).*\\sxmlns\\s*=.*");
            return declared ? div : "<div xmlns=\"" + XmlInput.XHTML + "\"" + div.substring("<div".length());
        }
    }
}
