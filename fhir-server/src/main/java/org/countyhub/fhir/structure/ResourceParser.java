package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.countyhub.kernel.ProblemException;

/**
 * Reads resources in FHIR's JSON and XML formats (FHIR R4 sections 2.6.2 and 2.6.1) into trees and refuses what the specification does not
 * allow: unknown elements, wrong JSON kinds, unreadable values, missing elements. Decimals keep their precision. It does
 * not look at profiles, invariants or terminology beyond the enumerations that R4 itself requires.
 *
 * <p>Every refusal is a {@link org.countyhub.kernel.Problem.Malformed} with up to 20 faults, each with its place:
 * {@code line 3, column 14} (or {@code byte 7} for text that is not UTF-8) as long as the JSON cannot be read,
 * {@code Observation.component[2].valueQuantity.value} afterwards. In XML the place is that of the element from the
 * beginning, and line and column end the diagnostics. Safe for use by many threads.
 */
public final class ResourceParser {
    private final Definitions definitions;

    public ResourceParser(Definitions definitions) {
        this.definitions = definitions;
    }

    /** The resource that the bytes are. */
    public ObjectNode parse(byte[] utf8Json) {
        return parse(utf8Json, 0, utf8Json.length);
    }

    /** The resource that a part of the bytes is. */
    public ObjectNode parse(byte[] utf8Json, int offset, int length) {
        ObjectNode resource = JsonTree.read(utf8Json, offset, length);
        check(resource);
        return resource;
    }

    /** The resource that an XML document is (section 2.6.1). */
    public ObjectNode parseXml(byte[] utf8Xml) {
        String document = XmlInput.decode(utf8Xml);
        ObjectNode resource = XmlTree.read(document, definitions);
        try {
            check(resource);
            return resource;
        } catch (ProblemException e) {
            throw e.problem().with(XmlPlaces.of(document, e.problem().faults())).exception();
        }
    }

    /** The type of resource that JSON says it is; empty when it does not say so, or is no JSON. */
    public String typeOf(byte[] utf8Json) {
        return JsonTree.resourceType(utf8Json);
    }

    /** The name of the outermost element of an XML document; empty when it is none. */
    public String typeOfXml(byte[] utf8Xml) {
        return XmlInput.outermost(utf8Xml);
    }

    /** The Bundle that the bytes are; entries of a batch may be wrong each by itself. */
    public BundleTree parseBundle(byte[] utf8Json) {
        return new BundleReader(definitions).readJson(utf8Json);
    }

    /** The Bundle that an XML document is; entries of a batch may be wrong each by itself. */
    public BundleTree parseBundleXml(byte[] utf8Xml) {
        return new BundleReader(definitions).readXml(utf8Xml);
    }

    /** The tree of a resource that was checked when it was stored, or will be. */
    public ObjectNode read(byte[] utf8Json) {
        return JsonTree.read(utf8Json, 0, utf8Json.length);
    }

    /** Any JSON value, such as a JSON Patch, under the same bounds as a resource. */
    public JsonNode json(byte[] utf8Json) {
        return JsonTree.value(utf8Json, 0, utf8Json.length);
    }

    /** Refuses a tree that is not a resource of R4, such as the outcome of a patch. */
    public void check(ObjectNode resource) {
        new StructureCheck(definitions).check(resource);
    }
}
