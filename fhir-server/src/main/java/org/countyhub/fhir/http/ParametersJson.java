package org.countyhub.fhir.http;

import org.countyhub.fhir.disclosure.Receiver;
import org.countyhub.fhir.disclosure.Requester;
import org.countyhub.fhir.resource.ResourceKey;

/** A Parameters resource that carries stored resources as they are, written front to back (FHIR R4, Parameters). */
final class ParametersJson {
    private final JsonBytes json = new JsonBytes(2_048).raw("{\"resourceType\":\"Parameters\"");
    private boolean any;

    private JsonBytes parameter(String name) {
        json.raw(any ? ",{\"name\":" : ",\"parameter\":[{\"name\":").string(name);
        any = true;
        return json;
    }

    ParametersJson resource(String name, byte[] resource) {
        parameter(name).raw(",\"resource\":").raw(resource).raw("}");
        return this;
    }

    ParametersJson reference(String name, ResourceKey key) {
        parameter(name)
                .raw(",\"valueReference\":{\"reference\":")
                .string(key.toString())
                .raw("}}");
        return this;
    }

    ParametersJson identifier(String name, String system, String value) {
        parameter(name)
                .raw(",\"valueIdentifier\":{\"system\":")
                .string(system)
                .raw(",\"value\":")
                .string(value)
                .raw("}}");
        return this;
    }

    ParametersJson flag(String name, boolean value) {
        parameter(name).raw(",\"valueBoolean\":").raw(Boolean.toString(value)).raw("}");
        return this;
    }

    /** A record of a person: what refers to it, and how sure the link is. */
    ParametersJson record(String name, ResourceKey patient, String assurance) {
        parameter(name)
                .raw(",\"part\":[{\"name\":\"patient\",\"valueReference\":{\"reference\":")
                .string(patient.toString())
                .raw("}},{\"name\":\"assurance\",\"valueCode\":")
                .string(assurance)
                .raw("}]}");
        return this;
    }

    /** Who was answered with something of patients that were wrongly joined, between when and when, how often. */
    ParametersJson receiver(Receiver receiver) {
        parameter("receiver").raw(",\"part\":[");
        Requester requester = receiver.requester();
        if (requester.organization() != null) {
            part("organization", "valueReference");
            json.raw("{\"reference\":")
                    .string(requester.organization().toString())
                    .raw("}},");
        }
        if (requester.who() != null) {
            part("requester", "valueString");
            json.string(requester.who()).raw("},");
        }
        if (receiver.address() != null) {
            part("address", "valueString");
            json.string(receiver.address()).raw("},");
        }
        part("first", "valueInstant");
        json.string(receiver.first().toString()).raw("},");
        part("last", "valueInstant");
        json.string(receiver.last().toString()).raw("},");
        part("answers", "valueInteger");
        json.raw(Long.toString(receiver.answers())).raw("}]}");
        return this;
    }

    private void part(String name, String value) {
        json.raw("{\"name\":").string(name).raw(",\"" + value + "\":");
    }

    byte[] end() {
        return json.raw(any ? "]}" : "}").toByteArray();
    }
}
