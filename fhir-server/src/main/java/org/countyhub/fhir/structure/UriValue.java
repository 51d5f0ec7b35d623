package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** One value of type uri, url, canonical, oid or uuid where it stands in its tree, so that it can be replaced there. */
public sealed interface UriValue {
    /** The name of the primitive type, such as {@code canonical}. */
    String typeName();

    /** The value. */
    String text();

    /** Whether the type may be written so: a uuid or an oid cannot be the address of a resource. */
    default boolean takes(String text) {
        return Primitive.named(typeName()).accepts(TextNode.valueOf(text));
    }

    /** Puts another value in its place. */
    void replace(String text);

    /** The value of an element that does not repeat. */
    record OfProperty(ObjectNode parent, String name, String typeName) implements UriValue {
        @Override
        public String text() {
            return parent.path(name).asText();
        }

        @Override
        public void replace(String text) {
            parent.set(name, TextNode.valueOf(text));
        }
    }

    /** One value of an element that repeats. */
    record OfItem(ArrayNode parent, int index, String typeName) implements UriValue {
        @Override
        public String text() {
            return parent.path(index).asText();
        }

        @Override
        public void replace(String text) {
            parent.set(index, TextNode.valueOf(text));
        }
    }
}
