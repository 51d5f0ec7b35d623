package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a store must see or rewrite in a resource, wherever it stands: in backbone elements, extensions (also of
 * primitives), contained resources, entries of a Bundle and Parameters. Each method may change what it is given; a
 * {@link Place} moves on when the method returns.
 */
public interface StructureVisitor {
    /** An element of type Reference; its identifier and type are visited on their own afterwards. */
    default void reference(ObjectNode reference, Place place) {}

    /** An element of type Identifier. */
    default void identifier(ObjectNode identifier, Place place) {}

    /** A value of type uri, url, canonical, oid or uuid. {@code Reference.reference} is a string and not among them. */
    default void uri(UriValue uri, Place place) {}

    /** An element of type Narrative; its {@code div} may hold links and images. */
    default void narrative(ObjectNode narrative, Place place) {}
}
