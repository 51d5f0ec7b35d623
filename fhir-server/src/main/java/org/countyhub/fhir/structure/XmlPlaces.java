package org.countyhub.fhir.structure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.countyhub.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines and columns of faults that {@link StructureCheck} found in the tree of an XML document. The document is
 * read again for it, so that documents without faults need not remember where each element stood.
 */
final class XmlPlaces {
    /** A step on the way to a fault, such as {@code name[1]}. */
    private static final class Step {
        private final @Nullable Step outer;
        private final Map<String, Step> inner = new HashMap<>();
        private @Nullable Location location;

        Step(@Nullable Step outer) {
            this.outer = outer;
        }

        /** Where the element begins, or the innermost one around it that is there. */
        @Nullable
        Location found() {
            Step step = this;
            while (step.location == null && step.outer != null) {
                step = step.outer;
            }
            return step.location;
        }
    }

    /** An open element: the step that it is, if any leads there, and how often each of its children came. */
    private record Open(@Nullable Step step, Map<String, Integer> children) {}

    private final Step root = new Step(null);
    private final Deque<Open> open = new ArrayDeque<>();

    private XmlPlaces() {}

    /** The same faults, with FHIRPath as it is without JSON, and line and column in the diagnostics. */
    static List<Fault> of(String document, List<Fault> faults) {
        XmlPlaces places = new XmlPlaces();
        List<Fault> plain = faults.stream()
                .map(fault -> Fault.at(plain(fault.expression()), fault.code(), fault.diagnostics()))
                .toList();
        List<Step> steps =
                plain.stream().map(fault -> places.step(fault.expression())).toList();
        try {
            XmlInput xml = new XmlInput(document);
            while (xml.hasNext()) {
                places.event(xml, xml.next());
            }
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document that was read before cannot be read again", e);
        }
        return IntStream.range(0, plain.size())
                .mapToObj(i -> located(plain.get(i), steps.get(i).found()))
                .toList();
    }

    /** What JSON has in {@code _birthDate} belongs to {@code birthDate}. */
    private static String plain(@Nullable String expression) {
        return expression == null ? "Resource" : expression.replace("._", ".");
    }

    private static Fault located(Fault fault, @Nullable Location location) {
        return location == null
                ? fault
                : new Fault(fault.code(), fault.diagnostics() + XmlInput.shown(location), fault.expression());
    }

    private Step step(@Nullable String expression) {
        String[] names = plain(expression).split("\\.", -1);
        Step step = root;
        for (int i = 1; i < names.length; i++) {
            Step outer = step;
            step = outer.inner.computeIfAbsent(names[i], name -> new Step(outer));
        }
        return step;
    }

    private void event(XmlInput xml, int event) {
        if (event == XMLStreamConstants.START_ELEMENT) {
            open.push(new Open(entered(xml), new HashMap<>()));
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            open.pop();
        }
    }

    private @Nullable Step entered(XmlInput xml) {
        Location location = xml.at().getLocation();
        Open around = open.peek();
        if (around == null) {
            root.location = location;
            return root;
        }
        String name = xml.at().getLocalName();
        // A resource inside another is no step in FHIRPath; only types begin with a capital.
        if (around.step() == null || Character.isUpperCase(name.charAt(0))) {
            return around.step();
        }
        int index = around.children().merge(name, 1, Integer::sum) - 1;
        Step whole = index == 0 ? around.step().inner.get(name) : null;
        if (whole != null) {
            whole.location = location;
        }
        Step item = around.step().inner.get(name + "[" + index + "]");
        if (item != null) {
            item.location = location;
        }
        return item == null ? whole : item;
    }
}
