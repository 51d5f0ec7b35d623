package org.countyhub.fhir.http;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Metadata;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IServerConformanceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.CapabilityStatement;

/** Shows HAPI's own pages, such as OpenAPI, the same capabilities that clients see. */
public final class ModelCapabilities implements IServerConformanceProvider<CapabilityStatement> {
    private final FhirContext context;
    private final FhirApi api;

    ModelCapabilities(FhirContext context, FhirApi api) {
        this.context = context;
        this.api = api;
    }

    @Override
    @Metadata
    public CapabilityStatement getServerConformance(HttpServletRequest request, RequestDetails details) {
        String json = new String(api.capabilities(details.getFhirServerBase()), StandardCharsets.UTF_8);
        return context.newJsonParser().parseResource(CapabilityStatement.class, json);
    }

    @Override
    public void setRestfulServer(RestfulServer server) {
        // Nothing of this comes from HAPI's own list of provider methods.
    }
}
