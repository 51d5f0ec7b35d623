package org.countyhub.fhir.search.index;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.jspecify.annotations.Nullable;

/** Tells a FHIRPath engine which types there are, which is all that it needs to evaluate search parameters. */
final class TypeNames implements IValidationSupport {
    private static final String BASE = "http://hl7.org/fhir/StructureDefinition/";

    private final FhirContext context;
    private final List<StructureDefinition> types;

    TypeNames(FhirContext context) {
        this.context = context;
        Set<String> resources = context.getResourceTypes();
        Stream<String> dataTypes = context.getElementDefinitions().stream()
                .map(definition -> definition.getName())
                .filter(name -> !resources.contains(name))
                .distinct();
        this.types = Stream.of(
                        dataTypes.map(name -> definition(name, "Element")),
                        resources.stream().map(name -> definition(name, "Resource")),
                        Stream.of(definition("Resource", "Base")))
                .flatMap(group -> group)
                .toList();
    }

    private static StructureDefinition definition(String type, String base) {
        StructureDefinition definition = new StructureDefinition();
        definition.setUrl(BASE + type).setName(type).setType(type).setBaseDefinition(BASE + base);
        definition.setKind(
                Character.isLowerCase(type.charAt(0))
                        ? StructureDefinition.StructureDefinitionKind.PRIMITIVETYPE
                        : StructureDefinition.StructureDefinitionKind.COMPLEXTYPE);
        definition.setDerivation(StructureDefinition.TypeDerivationRule.SPECIALIZATION);
        return definition;
    }

    @Override
    public FhirContext getFhirContext() {
        return context;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends IBaseResource> List<T> fetchAllStructureDefinitions() {
        return (List<T>) types;
    }

    @Override
    public @Nullable IBaseResource fetchStructureDefinition(String url) {
        return types.stream()
                .filter(type -> type.getUrl().equals(url))
                .findFirst()
                .orElse(null);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends IBaseResource> @Nullable T fetchResource(@Nullable Class<T> type, String url) {
        return (T) fetchStructureDefinition(url);
    }
}
