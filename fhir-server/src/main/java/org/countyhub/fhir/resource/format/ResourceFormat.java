package org.countyhub.fhir.resource.format;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * One resource between its JSON tree and the bytes of a request or response (FHIR R4 sections 2.6.1 and 2.6.2, UTF-8
 * always). JSON is written from the tree; only XML takes the way over HAPI's model. Safe for use by many threads.
 */
public final class ResourceFormat {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final FhirContext context;

    public ResourceFormat(FhirContext context) {
        this.context = context;
    }

    /** The resource as JSON; {@code pretty} indents it for people ({@code _pretty}, R4 section 3.1.0.1.12). */
    public byte[] toJson(ObjectNode resource, boolean pretty) {
        try {
            return (pretty ? MAPPER.writerWithDefaultPrettyPrinter() : MAPPER.writer()).writeValueAsBytes(resource);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The resource as XML.
     *
     * @throws org.countyhub.kernel.ProblemException {@code NotAcceptable} when it has no XML form, such as a narrative
     *     that is not well-formed
     */
    public byte[] toXml(ObjectNode resource, boolean pretty) {
        try {
            IBaseResource model = faithful(context.newJsonParser())
                    .setParserErrorHandler(new LenientErrorHandler().disableAllErrors())
                    .parseResource(resource.toString());
            String xml = faithful(context.newXmlParser()).setPrettyPrint(pretty).encodeResourceToString(model);
            return xml.getBytes(StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            Fault fault = Fault.of("structure", "the resource cannot be written as XML");
            throw new Problem.NotAcceptable(List.of(fault)).exception();
        }
    }

    /**
     * The resource that an XML document holds. Document type declarations and entities are refused, and so are unknown
     * elements and attributes, elements that repeat but may not, and values that their type does not allow.
     *
     * @throws org.countyhub.kernel.ProblemException {@code Malformed}, with line and column where the document is not
     *     well-formed and with the element otherwise
     */
    public ObjectNode fromXml(byte[] document) {
        String xml = XmlGuard.check(document);
        XmlFaults faults = new XmlFaults();
        String json;
        try {
            IBaseResource model = faithful(context.newXmlParser())
                    .setParserErrorHandler(faults)
                    .parseResource(xml);
            faults.throwIfAny();
            json = faithful(context.newJsonParser()).encodeResourceToString(model);
        } catch (DataFormatException | IllegalArgumentException e) {
            throw Problem.malformed(Fault.of("structure", XmlFaults.plain(e)));
        }
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without HAPI's conveniences, each of which would change what was sent or stored. */
    private static IParser faithful(IParser parser) {
        parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
        parser.setStripVersionsFromReferences(false);
        parser.setOmitResourceId(false);
        return parser;
    }
}
