package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.countyhub.fhir.structure.TypeDefinition.Kind;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A resource in XML as the tree that its JSON would be (FHIR R4 section 2.6.1). What XML has and JSON has not is
 * checked here: namespaces, attributes, the order of elements, text between them, elements without content. Everything
 * else is left to {@link StructureCheck}, which both forms go through.
 */
final class XmlTree {
    private static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final JsonNodeFactory NODES = new JsonNodeFactory(true);

    private final Definitions definitions;
    private final XmlInput xml;
    private final Place place = new Place();
    private final TreeRoom room;
    private final @Nullable EntryFaults wrongEntries;
    /** Of the entry of a batch that is being read, else of the whole. */
    private List<Fault> faults = new ArrayList<>(0);

    private boolean inEntry;

    private XmlTree(Definitions definitions, XmlInput xml, TreeRoom room, @Nullable EntryFaults wrongEntries) {
        this.definitions = definitions;
        this.xml = xml;
        this.room = room;
        this.wrongEntries = wrongEntries;
    }

    /** The resource that a document is, or Malformed with places, lines and columns. */
    static ObjectNode read(String document, Definitions definitions) {
        return read(document, definitions, null);
    }

    /** The same, but that wrong entries of a batch are null in it, and what is wrong with them is told to the one that gathers it. */
    static ObjectNode readBundle(String document, Definitions definitions, EntryFaults wrongEntries) {
        return read(document, definitions, wrongEntries);
    }

    private static ObjectNode read(String document, Definitions definitions, @Nullable EntryFaults wrongEntries) {
        XmlTree tree;
        try {
            tree = new XmlTree(definitions, new XmlInput(document), TreeRoom.beside(document), wrongEntries);
        } catch (XMLStreamException e) {
            throw Problem.malformed(XmlInput.fault("Resource", e));
        }
        ObjectNode resource = null;
        try {
            resource = tree.document();
        } catch (XMLStreamException e) {
            tree.faults.add(XmlInput.fault(tree.place(), e));
        }
        if (resource == null || !tree.faults.isEmpty()) {
            throw new Problem.Malformed(List.copyOf(tree.faults)).exception();
        }
        return resource;
    }

    private @Nullable ObjectNode document() throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            // Comments and processing instructions are no part of a resource.
        }
        ObjectNode resource = resource();
        while (xml.hasNext()) {
            xml.next();
        }
        return resource;
    }

    /** Reads the resource whose element has begun; null when it is none. */
    private @Nullable ObjectNode resource() throws XMLStreamException {
        String type = xml.at().getLocalName();
        if (!isIn(XmlInput.FHIR)) {
            fault("structure", "a resource is in the namespace " + XmlInput.FHIR);
        } else if (!definitions.isResourceType(type)) {
            fault("value", Place.shown(type) + " is not a resource type of FHIR R4");
        } else {
            place.resource(type, false);
            ObjectNode resource = NODES.objectNode().put("resourceType", type);
            object(resource, definitions.resource(type));
            return resource;
        }
        xml.skip();
        return null;
    }

    /** Reads the attributes and children of the element that has begun. */
    private void object(ObjectNode object, TypeDefinition type) throws XMLStreamException {
        XMLStreamReader at = xml.at();
        for (int i = 0; i < at.getAttributeCount(); i++) {
            attribute(object, type, i);
        }
        children(object, type);
    }

    private void attribute(ObjectNode object, TypeDefinition type, int index) {
        XMLStreamReader at = xml.at();
        String namespace = at.getAttributeNamespace(index);
        String name = at.getAttributeLocalName(index);
        boolean plain = namespace == null || namespace.isEmpty();
        ElementDefinition element = plain ? type.element(name) : null;
        place.push(name);
        if (element != null && type.isAttribute(element)) {
            JsonNode value = value(element.type().primitive(), at.getAttributeValue(index));
            if (value != null) {
                room.value(value);
                object.set(name, value);
            }
        } else if (!SCHEMA_INSTANCE.equals(namespace) || type.kind() != Kind.RESOURCE || name.equals("type")) {
            fault("structure", type.name() + " has no attribute " + Place.shown(name));
        }
        place.pop();
    }

    private void children(ObjectNode object, TypeDefinition type) throws XMLStreamException {
        int reached = 0;
        boolean text = false;
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                reached = child(object, type, reached);
            } else if (isText(event) && !text) {
                text = true;
                fault("structure", "text is not allowed here; values are attributes");
            }
        }
    }

    private boolean isText(int event) {
        return (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) && !xml.isWhitespace();
    }

    /** Reads one child; gives the position that the children have reached in the order of the type. */
    private int child(ObjectNode object, TypeDefinition type, int reached) throws XMLStreamException {
        String name = xml.at().getLocalName();
        ElementDefinition element = type.element(name);
        place.push(name);
        int position = reached;
        if (element == null || type.isAttribute(element)) {
            fault("structure", type.name() + " has no element " + Place.shown(name));
            xml.skip();
        } else {
            position = type.position(element);
            element(object, element, position < reached);
        }
        place.pop();
        return Math.max(position, reached);
    }

    private void element(ObjectNode object, ElementDefinition element, boolean late) throws XMLStreamException {
        boolean xhtml = element.type().kind() == Kind.XHTML;
        int index = size(object, element);
        if (!isIn(xhtml ? XmlInput.XHTML : XmlInput.FHIR)) {
            fault("structure", "must be in the namespace " + (xhtml ? XmlInput.XHTML : XmlInput.FHIR));
            xml.skip();
            return;
        }
        if (index > 0 && !element.repeats()) {
            fault("structure", "the element does not repeat");
            xml.skip();
            return;
        }
        if (element.repeats()) {
            place.index(index);
        }
        if (late) {
            fault("structure", "elements come in the order of the specification, and this one is late");
        }
        switch (element.type().kind()) {
            case PRIMITIVE -> primitive(object, element, index);
            case XHTML -> narrative(object, element);
            case ANY_RESOURCE -> put(object, element.name(), element.repeats(), index, held(element.type()));
            case COMPLEX, BACKBONE, RESOURCE -> {
                JsonNode child = isEntryOfBatch(object, element) ? entry(element.type(), index) : child(element.type());
                put(object, element.name(), element.repeats(), index, child);
            }
        }
    }

    private ObjectNode child(TypeDefinition type) throws XMLStreamException {
        ObjectNode child = NODES.objectNode();
        object(child, type);
        return child;
    }

    /** The type of a Bundle comes before its entries; where it does not, the whole is refused for it. */
    private boolean isEntryOfBatch(ObjectNode object, ElementDefinition element) {
        return wrongEntries != null
                && place.depth() == 2
                && element.name().equals("entry")
                && BundleTree.isBatch(object);
    }

    /** Reads an entry that stands for itself; null in JSON when it is wrong. */
    private JsonNode entry(TypeDefinition type, int index) throws XMLStreamException {
        EntryFaults gathered = Objects.requireNonNull(wrongEntries);
        BundleTree.requireRoomFor(index + 1);
        List<Fault> ofWhole = faults;
        faults = new ArrayList<>(0);
        inEntry = true;
        JsonNode entry = child(type);
        if (!faults.isEmpty()) {
            gathered.add(index, faults);
            entry = NODES.nullNode();
        }
        inEntry = false;
        faults = ofWhole;
        return entry;
    }

    /** How often the element has come already. */
    private static int size(ObjectNode object, ElementDefinition element) {
        JsonNode values = object.get(element.name());
        JsonNode companions = element.type().kind() == Kind.PRIMITIVE ? object.get("_" + element.name()) : null;
        if (!element.repeats()) {
            return values == null && companions == null ? 0 : 1;
        }
        return Math.max(values == null ? 0 : values.size(), companions == null ? 0 : companions.size());
    }

    /** Section 2.6.2.3: in JSON the id and the extensions of a primitive stand beside it. */
    private void primitive(ObjectNode object, ElementDefinition element, int index) throws XMLStreamException {
        int faultsBefore = faults.size();
        TypeDefinition bearer = definitions.primitiveElement();
        ObjectNode companion = NODES.objectNode();
        JsonNode value = null;
        XMLStreamReader at = xml.at();
        for (int i = 0; i < at.getAttributeCount(); i++) {
            if (at.getAttributeLocalName(i).equals("value")
                    && at.getAttributePrefix(i).isEmpty()) {
                value = value(element.type().primitive(), at.getAttributeValue(i));
            } else {
                attribute(companion, bearer, i);
            }
        }
        children(companion, bearer);
        if (value == null && companion.isEmpty() && faults.size() == faultsBefore) {
            fault("structure", "an element must not be empty: it has a value or extensions");
        }
        put(object, element.name(), element.repeats(), index, value);
        put(object, "_" + element.name(), element.repeats(), index, companion.isEmpty() ? null : companion);
    }

    private @Nullable JsonNode value(Primitive primitive, String written) {
        if (written.isBlank()) {
            fault("value", "an attribute must not be empty");
            return null;
        }
        JsonNode value = XmlValue.of(primitive, written);
        if (value == null) {
            fault("value", "must be " + primitive.form());
        }
        return value;
    }

    private void narrative(ObjectNode object, ElementDefinition element) throws XMLStreamException {
        String div = XmlNarrative.read(xml);
        if (div == null) {
            fault("structure", "a narrative holds elements of the namespace " + XmlInput.XHTML + " alone");
        } else {
            object.put(element.name(), div);
        }
    }

    /** Reads the one resource in {@code contained} or {@code resource}; null when that is not what is there. */
    private @Nullable ObjectNode held(TypeDefinition type) throws XMLStreamException {
        XMLStreamReader at = xml.at();
        for (int i = 0; i < at.getAttributeCount(); i++) {
            attribute(NODES.objectNode(), type, i);
        }
        ObjectNode resource = null;
        int resources = 0;
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                resources++;
                if (resources == 1) {
                    resource = resource();
                } else {
                    fault("structure", "must hold one resource only");
                    xml.skip();
                }
            } else if (isText(event)) {
                fault("structure", "text is not allowed here");
            }
        }
        if (resources == 0) {
            fault("structure", "must hold a resource");
        }
        return resource;
    }

    /** Puts a value, or null for none, where the JSON has it; arrays are filled up with null. */
    private void put(ObjectNode object, String name, boolean repeats, int index, @Nullable JsonNode value) {
        if (value != null) {
            room.value(value);
        }
        if (!repeats) {
            if (value != null) {
                object.set(name, value);
            }
            return;
        }
        ArrayNode items = (ArrayNode) object.get(name);
        if (items == null) {
            if (value == null) {
                return;
            }
            room.array();
            items = object.putArray(name);
            for (int i = 0; i < index; i++) {
                items.addNull();
            }
        }
        if (value == null) {
            items.addNull();
        } else {
            items.add(value);
        }
    }

    private boolean isIn(String namespace) {
        return namespace.equals(xml.at().getNamespaceURI());
    }

    private String place() {
        return place.depth() == 0 ? "Resource" : place.toString();
    }

    private void fault(String code, String diagnostics) {
        if (inEntry && faults.size() == StructureCheck.MAX_FAULTS) {
            return; // the entries behind it are to be read
        }
        faults.add(xml.fault(place(), code, diagnostics));
        if (!inEntry && faults.size() == StructureCheck.MAX_FAULTS) {
            throw new Problem.Malformed(List.copyOf(faults)).exception();
        }
    }
}
