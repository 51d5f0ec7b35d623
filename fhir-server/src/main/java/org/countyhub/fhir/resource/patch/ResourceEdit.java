package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.countyhub.fhir.structure.ElementDefinition;

/** The working copy that the operations of a FHIRPath Patch change one after the other (FHIR R4, fhirpatch.html). */
final class ResourceEdit {
    private final ObjectNode tree;
    private final Properties properties;
    private final Budget budget = new Budget();

    ResourceEdit(ObjectNode tree, Properties properties) {
        budget.spend(TreeSize.of(tree).nodes());
        this.tree = tree.deepCopy();
        this.properties = properties;
    }

    ObjectNode tree() {
        return tree;
    }

    void run(FhirPathOperation operation) {
        List<Element> targets = targets(operation.path());
        switch (operation) {
            case FhirPathOperation.Add add -> add(single(targets), add.name(), add.value());
            case FhirPathOperation.Insert insert -> insert(list(targets), insert.index(), insert.value());
            case FhirPathOperation.Delete delete -> {
                // "Path of the element to delete (if found)": what is not there needs no deletion.
                if (!targets.isEmpty()) {
                    delete(single(targets));
                }
            }
            case FhirPathOperation.Replace replace -> replace(single(targets), replace.value());
            case FhirPathOperation.Move move -> move(list(targets), move.source(), move.destination());
        }
    }

    private List<Element> targets(PathExpression path) {
        Element resource = Element.resource(tree, properties);
        List<Element> targets = new ArrayList<>();
        for (Item item : new PathEvaluator(resource, properties, budget).evaluate(path)) {
            if (!(item instanceof Element element)) {
                throw new Inapplicable("the path computes a value instead of leading to an element");
            }
            targets.add(element);
        }
        return targets;
    }

    private static Element single(List<Element> targets) {
        if (targets.size() != 1) {
            throw new Inapplicable(
                    targets.isEmpty() ? "the path leads to nothing" : "the path leads to more than one element");
        }
        return targets.getFirst();
    }

    /** Any element of the one list that the targets are all of, and all of them. */
    private static Element list(List<Element> targets) {
        if (targets.isEmpty()) {
            throw new Inapplicable("the path leads to nothing");
        }
        Element first = targets.getFirst();
        if (first.definition() == null || !first.definition().repeats()) {
            throw new Inapplicable("the path does not lead to a list");
        }
        boolean together = targets.stream().allMatch(first::sameListAs);
        if (!together || targets.size() != siblings(first).size()) {
            throw new Inapplicable("the path leads to something else than one whole list");
        }
        return first;
    }

    private void add(Element owner, String name, PatchValue value) {
        PatchProperty property = PatchProperty.of(owner.type(), name, value, properties);
        pay(owner.depth() + 1, property.content());
        ObjectNode members = owner.members();
        if (members == null) {
            members = tree.objectNode();
            put(owner, new Content(owner.content().value(), members));
        }
        property.appendTo(members, owner.type(), properties);
    }

    private void insert(Element any, int index, PatchValue value) {
        PatchProperty property = replacement(any, value);
        List<Content> contents = siblings(any);
        if (index > contents.size()) {
            throw new Inapplicable("the index is beyond the end of the list");
        }
        contents.add(index, property.content());
        Content.write(holder(any), definition(any), contents);
    }

    private void delete(Element element) {
        List<Content> contents = siblings(element);
        contents.remove(element.index());
        Content.write(holder(element), definition(element), contents);
        prune(owner(element));
    }

    /** FHIR R4 section 2.6.2: elements are never empty, so an owner goes with the last thing it had. */
    private void prune(Element element) {
        if (element.owner() == null) {
            return;
        }
        List<Content> contents = siblings(element);
        Content rest = contents.get(element.index()).pruned();
        if (rest.isEmpty()) {
            delete(element);
        } else {
            contents.set(element.index(), rest);
            Content.write(holder(element), definition(element), contents);
        }
    }

    private void replace(Element element, PatchValue value) {
        PatchProperty property = replacement(element, value);
        if (property.definition().equals(definition(element))) {
            put(element, property.content());
        } else {
            // Another type of a choice: another property.
            Content.write(holder(element), definition(element), List.of());
            property.appendTo(holder(element), owner(element).type(), properties);
        }
    }

    private PatchProperty replacement(Element element, PatchValue value) {
        PatchProperty property =
                PatchProperty.of(owner(element).type(), definition(element).base(), value, properties);
        pay(element.depth(), property.content());
        return property;
    }

    private static void move(Element any, int source, int destination) {
        List<Content> contents = siblings(any);
        if (source >= contents.size() || destination >= contents.size()) {
            throw new Inapplicable("source or destination is beyond the end of the list");
        }
        contents.add(destination, contents.remove(source));
        Content.write(holder(any), definition(any), contents);
    }

    private void pay(int depth, Content content) {
        TreeSize size = content.size();
        budget.spend(size.nodes());
        if (depth + size.depth() > TreeSize.MAX_DEPTH) {
            throw new Inapplicable("the result would be more than " + TreeSize.MAX_DEPTH + " levels deep");
        }
    }

    private static void put(Element element, Content content) {
        List<Content> contents = siblings(element);
        contents.set(element.index(), content);
        Content.write(holder(element), definition(element), contents);
    }

    private static List<Content> siblings(Element element) {
        return Content.read(holder(element), definition(element));
    }

    private static ObjectNode holder(Element element) {
        return Objects.requireNonNull(owner(element).members());
    }

    private static ElementDefinition definition(Element element) {
        owner(element);
        return Objects.requireNonNull(element.definition());
    }

    private static Element owner(Element element) {
        Element owner = element.owner();
        if (owner == null) {
            throw new Inapplicable("the path leads to the whole resource");
        }
        return owner;
    }
}
