package org.countyhub.fhir.structure;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeElementDirectResource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseEnumFactory;
import org.hl7.fhir.instance.model.api.IBaseHasModifierExtensions;
import org.jspecify.annotations.Nullable;

/**
 * The type definitions of R4, read from HAPI's model and kept. A resource type is built when it is first asked for
 * (about a millisecond), so that start-up does not pay for 146 of them. Safe for use by many threads.
 */
public final class Definitions {
    /** Types that HAPI lists for an open choice and R4 does not (section 2.24.0.1, open type element). */
    private static final Set<String> NOT_OPEN = Set.of(
            "xhtml",
            "Narrative",
            "Extension",
            "ElementDefinition",
            "MarketingStatus",
            "Population",
            "ProdCharacteristic",
            "ProductShelfLife",
            "SubstanceAmount");

    private final FhirContext context;
    private final Set<String> resourceTypes;
    private final Map<String, TypeDefinition> resources = new ConcurrentHashMap<>();
    private final IdentityHashMap<BaseRuntimeElementDefinition<?>, TypeDefinition> types = new IdentityHashMap<>();
    private final Map<String, TypeDefinition> named = new HashMap<>();

    public Definitions(FhirContext context) {
        this.context = context;
        this.resourceTypes = new TreeSet<>(context.getResourceTypes());
    }

    /** The names of all resource types, in alphabetical order. */
    public Set<String> resourceTypes() {
        return resourceTypes;
    }

    /** Whether this is the name of an R4 resource type; case matters. */
    public boolean isResourceType(String name) {
        return resources.containsKey(name) || resourceTypes.contains(name);
    }

    /** The definition of a resource type. */
    public TypeDefinition resource(String type) {
        TypeDefinition known = resources.get(type);
        if (known != null) {
            return known;
        }
        if (!isResourceType(type)) {
            throw new IllegalArgumentException("no resource type " + type);
        }
        synchronized (types) {
            return resources.computeIfAbsent(type, key -> build(context.getResourceDefinition(key), key));
        }
    }

    /** The definition of a data type such as {@code CodeableConcept} or {@code dateTime}. */
    public TypeDefinition dataType(String name) {
        synchronized (types) {
            BaseRuntimeElementDefinition<?> definition = context.getElementDefinition(name);
            if (definition == null) {
                throw new IllegalArgumentException("no data type " + name);
            }
            return build(definition, name);
        }
    }

    /** What {@code _birthDate} may hold beside the value of {@code birthDate}: an id and extensions (section 2.6.2.3). */
    TypeDefinition primitiveElement() {
        synchronized (types) {
            TypeDefinition element =
                    named.computeIfAbsent("Element", name -> new TypeDefinition(name, TypeDefinition.Kind.COMPLEX));
            if (element.elements().isEmpty()) {
                element.add(new ElementDefinition("id", "id", primitive("string"), false, false));
                element.add(new ElementDefinition("extension", "extension", extension(), true, false));
            }
            return element;
        }
    }

    private TypeDefinition build(BaseRuntimeElementDefinition<?> definition, String path) {
        TypeDefinition known = types.get(definition);
        if (known != null) {
            return known;
        }
        TypeDefinition.Kind kind = kind(definition);
        String name = kind == TypeDefinition.Kind.BACKBONE ? path : definition.getName();
        // HAPI has one runtime definition for each profile of a primitive (id, code); the name is what matters.
        TypeDefinition type = kind == TypeDefinition.Kind.BACKBONE
                ? new TypeDefinition(name, kind)
                : named.computeIfAbsent(name, key -> new TypeDefinition(key, kind));
        types.put(definition, type);
        if (definition instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
            if (type.elements().isEmpty()) {
                addElements(type, composite, name);
            }
        }
        return type;
    }

    private void addElements(TypeDefinition type, BaseRuntimeElementCompositeDefinition<?> composite, String path) {
        composite.getChildren(); // seals the definition
        boolean resource = type.kind() == TypeDefinition.Kind.RESOURCE;
        type.add(new ElementDefinition("id", "id", primitive(resource ? "id" : "string"), false, false));
        if (!resource) {
            addExtensions(type, composite);
        }
        for (BaseRuntimeChildDefinition child : composite.getChildren()) {
            for (String name : child.getValidChildNames()) {
                addElement(type, child, name, path);
            }
            // Bundle, Binary and Parameters are resources without extensions (FHIR R4 section 2.26, DomainResource);
            // in the others they follow what is contained.
            if (resource && child.getElementName().equals("contained")) {
                addExtensions(type, composite);
            }
        }
    }

    private void addExtensions(TypeDefinition type, BaseRuntimeElementCompositeDefinition<?> composite) {
        type.add(new ElementDefinition("extension", "extension", extension(), true, false));
        // Timing and Dosage may be modified, their parts may not (R4, BackboneElement).
        if (IBaseHasModifierExtensions.class.isAssignableFrom(composite.getImplementingClass())) {
            type.add(new ElementDefinition("modifierExtension", "modifierExtension", extension(), true, false));
        }
    }

    private void addElement(TypeDefinition type, BaseRuntimeChildDefinition child, String name, String path) {
        boolean choice = child instanceof RuntimeChildChoiceDefinition;
        String base = child.getElementName().replace("[x]", "");
        // HAPI also lists the bare name of a choice, and a second name for the target of a reference.
        if (choice == name.equals(base) || name.endsWith("[x]")) {
            return;
        }
        BaseRuntimeElementDefinition<?> childDefinition = child.getChildByName(name);
        if (childDefinition == null || (choice && NOT_OPEN.contains(childDefinition.getName()))) {
            return;
        }
        // HAPI names a reference after each of its targets too (reportedPatient); JSON knows reportedReference only.
        if (choice && childDefinition.getName().equals("Reference") && !name.equals(base + "Reference")) {
            return;
        }
        TypeDefinition childType = build(childDefinition, path + "." + base);
        boolean repeats = child.getMax() != 1;
        boolean required = child.getMin() > 0;
        if (child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition bound) {
            Map<String, String> codes = codes(bound);
            String codeSystem = single(codes.values());
            type.add(new ElementDefinition(
                    name, base, childType, repeats, required, Set.copyOf(codes.keySet()), codeSystem));
        } else {
            type.add(new ElementDefinition(name, base, childType, repeats, required));
        }
    }

    private TypeDefinition primitive(String name) {
        return build(context.getElementDefinition(name), name);
    }

    private TypeDefinition extension() {
        return build(context.getElementDefinition("Extension"), "Extension");
    }

    /** The codes of an enumeration, each with its code system. */
    private static Map<String, String> codes(RuntimeChildPrimitiveEnumerationDatatypeDefinition bound) {
        Class<? extends Enum<?>> values = bound.getBoundEnumType();
        IBaseEnumFactory<?> factory = factory(values);
        return Arrays.stream(values.getEnumConstants())
                .filter(constant -> !constant.name().equals("NULL"))
                .collect(Collectors.toUnmodifiableMap(
                        constant -> code(factory, constant), constant -> system(factory, constant)));
    }

    private static @Nullable String single(Collection<String> systems) {
        // HAPI answers "?" for the few codes (versions of FHIR after R4) whose system it has not learnt.
        List<String> distinct = systems.stream()
                .filter(system -> !system.equals("?"))
                .distinct()
                .toList();
        return distinct.size() == 1 ? distinct.getFirst() : null;
    }

    private static IBaseEnumFactory<?> factory(Class<? extends Enum<?>> values) {
        try {
            return Class.forName(values.getName() + "EnumFactory")
                    .asSubclass(IBaseEnumFactory.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no enumeration factory for " + values.getName(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Enum<?>> String code(IBaseEnumFactory<T> factory, Enum<?> constant) {
        return factory.toCode((T) constant);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Enum<?>> String system(IBaseEnumFactory<T> factory, Enum<?> constant) {
        return factory.toSystem((T) constant);
    }

    private static TypeDefinition.Kind kind(BaseRuntimeElementDefinition<?> definition) {
        // A resource in Bundle.entry or Parameters.parameter, for which HAPI has a type without elements.
        if (definition instanceof RuntimeElementDirectResource) {
            return TypeDefinition.Kind.ANY_RESOURCE;
        }
        return switch (definition.getChildType()) {
            case RESOURCE -> TypeDefinition.Kind.RESOURCE;
            case CONTAINED_RESOURCES, CONTAINED_RESOURCE_LIST -> TypeDefinition.Kind.ANY_RESOURCE;
            case RESOURCE_BLOCK -> TypeDefinition.Kind.BACKBONE;
            case PRIMITIVE_XHTML, PRIMITIVE_XHTML_HL7ORG -> TypeDefinition.Kind.XHTML;
            case PRIMITIVE_DATATYPE, ID_DATATYPE -> TypeDefinition.Kind.PRIMITIVE;
            case COMPOSITE_DATATYPE, EXTENSION_DECLARED, UNDECL_EXT -> TypeDefinition.Kind.COMPLEX;
        };
    }
}
