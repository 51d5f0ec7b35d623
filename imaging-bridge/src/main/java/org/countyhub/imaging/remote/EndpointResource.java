package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where images are fetched: one Endpoint for the whole hub, since a WADO-RS client itself adds {@code /studies/[uid]} to its address
 * (R4, Endpoint.address). When the hub moves, this one resource is updated and every study follows.
 */
final class EndpointResource {
    static final Token IDENTIFIER = new Token(Systems.BRIDGE, "dicom-wado-rs");

    private EndpointResource() {}

    static ObjectNode at(String address) {
        ObjectNode endpoint = JsonNodeFactory.instance.objectNode().put("resourceType", "Endpoint");
        endpoint.putArray("identifier")
                .addObject()
                .put("system", IDENTIFIER.system())
                .put("value", IDENTIFIER.value());
        endpoint.put("status", "active");
        endpoint.putObject("connectionType")
                .put("system", Systems.CONNECTION_TYPE)
                .put("code", "dicom-wado-rs");
        endpoint.put("name", "DICOMweb");
        endpoint.putArray("payloadType").addObject().put("text", "DICOM WADO-RS");
        endpoint.putArray("payloadMimeType").add("application/dicom").add("application/dicom+json");
        endpoint.put("address", address);
        return endpoint;
    }
}
