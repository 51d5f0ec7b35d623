package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.disclosure.Requester;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;

/** Whose word a decision is: the agent of its Provenance (R4, Provenance.agent.who and .onBehalfOf). */
record Signature(Requester requester, KnownResources known) {
    private static final String NOT_SAID = "A steward of the county";

    static Signature of(Requester requester, ResourceStore store) {
        List<ResourceKey> keys = new ArrayList<>();
        ResourceKey who = requester.reference();
        if (who != null) {
            keys.add(who);
        }
        if (requester.organization() != null) {
            keys.add(requester.organization());
        }
        return new Signature(requester, KnownResources.among(keys, store));
    }

    /** The name under which a decision is told. */
    String name() {
        return requester.who() == null ? NOT_SAID : requester.who();
    }

    /** Completes the agent of a Provenance by what can be referred to. */
    void sign(ObjectNode provenance, Map<ResourceKey, Long> references) {
        if (provenance.path("agent").path(0) instanceof ObjectNode agent) {
            ResourceKey who = requester.reference();
            if (who != null) {
                agent.set("who", known.reference(who, references));
            }
            if (requester.organization() != null) {
                agent.set("onBehalfOf", known.reference(requester.organization(), references));
            }
        }
    }
}
