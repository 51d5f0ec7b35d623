package org.countyhub.fhir.http;

import org.countyhub.fhir.resource.format.ResourceFormat;
import org.countyhub.fhir.resource.format.Subset;
import org.countyhub.fhir.structure.ResourceParser;

/** Reduces replies to what the client wants to see of them; a reply that is wanted whole is left as it is. */
final class Views {
    /** What a tree takes of memory for each byte of its JSON, in bodies held. */
    private static final int TREE = 2;

    private final ResourceParser parser;
    private final ResourceFormat format;
    private final Subset subset;

    Views(ResourceParser parser, ResourceFormat format, Subset subset) {
        this.parser = parser;
        this.format = format;
        this.subset = subset;
    }

    Reply of(FhirRequest request, Reply reply) {
        if (request.view().whole() || reply.json().length == 0) {
            return reply;
        }
        request.requireRoomFor(reply, TREE);
        byte[] seen = format.toJson(request.view().of(parser.read(reply.json()), subset), false);
        return reply.withJson(seen);
    }
}
