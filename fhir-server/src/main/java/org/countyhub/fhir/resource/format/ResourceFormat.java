package org.countyhub.fhir.resource.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.XmlWriter;

/**
 * One resource from its tree to the bytes of a response (FHIR R4 sections 2.6.1 and 2.6.2, UTF-8 always). Safe for use by
 * many threads.
 */
public final class ResourceFormat {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final XmlWriter xml;

    public ResourceFormat(Definitions definitions) {
        this.xml = new XmlWriter(definitions);
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
     * @throws org.countyhub.kernel.ProblemException {@code NotAcceptable} when it has no XML form: it holds a character that
     *     XML 1.0 has not
     */
    public byte[] toXml(ObjectNode resource, boolean pretty) {
        return xml.write(resource, pretty);
    }
}
