package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** One set of definitions for all tests of this package, and what a parser says to a text. */
final class Structures {
    static final Definitions DEFINITIONS = new Definitions(FhirContext.forR4Cached());
    static final ResourceParser PARSER = new ResourceParser(DEFINITIONS);
    static final ResourceWriter WRITER = new ResourceWriter();

    private Structures() {}

    static ObjectNode accepted(String json) {
        return PARSER.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    static List<Fault> refused(byte[] json) {
        return faults(() -> PARSER.parse(json));
    }

    static List<Fault> refused(ObjectNode resource) {
        return faults(() -> PARSER.check(resource));
    }

    private static List<Fault> faults(ThrowingCallable call) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, call);
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.problem()).isInstanceOf(Problem.Malformed.class);
        return refusal.problem().faults();
    }

    static List<Fault> refused(String json) {
        return refused(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The faults as {@code code at place}. */
    static List<String> faults(String json) {
        return shown(refused(json));
    }

    static ObjectNode acceptedXml(String xml) {
        return PARSER.parseXml(xml.getBytes(StandardCharsets.UTF_8));
    }

    static List<Fault> refusedXml(String xml) {
        return faults(() -> acceptedXml(xml));
    }

    /** The faults of an XML document as {@code code at place}. */
    static List<String> faultsOfXml(String xml) {
        return shown(refusedXml(xml));
    }

    private static List<String> shown(List<Fault> faults) {
        return faults.stream()
                .map(fault -> fault.code() + " at " + fault.expression())
                .toList();
    }

    static String patient(String properties) {
        return "{\"resourceType\":\"Patient\"," + properties + "}";
    }

    static String xmlPatient(String elements) {
        return "<Patient xmlns=\"http://hl7.org/fhir\">" + elements + "</Patient>";
    }

    static String observation(String properties) {
        return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}," + properties + "}";
    }
}
