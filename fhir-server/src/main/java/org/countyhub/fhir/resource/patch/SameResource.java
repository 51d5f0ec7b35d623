package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * The rule that a patch may not turn a resource into another one. {@code meta.versionId} and {@code meta.lastUpdated}
 * need no rule: the update that follows sets them.
 */
final class SameResource {
    private SameResource() {}

    static ObjectNode check(ObjectNode before, JsonNode after) {
        if (!(after instanceof ObjectNode resource)) {
            throw Problem.unprocessable(Fault.of("structure", "the patch leaves no resource"));
        }
        for (String name : new String[] {"resourceType", "id"}) {
            if (!Objects.equals(before.get(name), resource.get(name))) {
                throw Problem.unprocessable(Fault.at(name, "business-rule", "a patch may not change the " + name));
            }
        }
        return resource;
    }
}
