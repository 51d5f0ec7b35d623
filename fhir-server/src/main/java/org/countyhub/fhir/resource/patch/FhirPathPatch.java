package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.countyhub.fhir.structure.Definitions;

/**
 * A FHIRPath Patch (FHIR R4, fhirpatch.html). Paths are evaluated on the JSON tree itself, so what a patch does not name
 * keeps its order, its decimals' precision and the extensions of its primitives.
 */
public final class FhirPathPatch implements Patch {
    private final List<FhirPathOperation> operations;
    private final Properties properties;

    private FhirPathPatch(List<FhirPathOperation> operations, Properties properties) {
        this.operations = List.copyOf(operations);
        this.properties = properties;
    }

    /**
     * Reads a patch: a Parameters resource with at most {@link Patch#MAX_OPERATIONS} parameters named operation. A path
     * has at most 1,000 characters and chooses elements: names, indexes, criteria and the functions that go with them.
     *
     * @throws org.countyhub.kernel.ProblemException {@code Malformed}, with the place such as
     *     {@code Parameters.parameter[2].part[1]}
     */
    public static FhirPathPatch parse(ObjectNode parametersResource, Definitions definitions) {
        return new FhirPathPatch(
                new FhirPathPatchReader(definitions).read(parametersResource), new Properties(definitions));
    }

    @Override
    public ObjectNode apply(ObjectNode current) {
        ResourceEdit edit = new ResourceEdit(current, properties);
        for (int i = 0; i < operations.size(); i++) {
            try {
                edit.run(operations.get(i));
            } catch (Inapplicable e) {
                throw e.at("Parameters.parameter[" + i + "]", i);
            }
        }
        return SameResource.check(current, edit.tree());
    }
}
