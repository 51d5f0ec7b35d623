package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.ProblemException;

/** From text to a Bundle that has passed the structure check, but for single entries of a batch. */
final class BundleReader {
    private static final String ENTRY = "entry";

    private final Definitions definitions;

    BundleReader(Definitions definitions) {
        this.definitions = definitions;
    }

    BundleTree readJson(byte[] utf8Json) {
        ObjectNode resource = JsonTree.read(utf8Json, 0, utf8Json.length);
        return new BundleTree(resource, check(resource, Map.of()));
    }

    BundleTree readXml(byte[] utf8Xml) {
        String document = XmlInput.decode(utf8Xml);
        EntryFaults ofForm = new EntryFaults();
        ObjectNode resource = XmlTree.readBundle(document, definitions, ofForm);
        try {
            Map<Integer, List<Fault>> ofTree = check(resource, ofForm.byEntry());
            locate(document, ofTree);
            ofTree.putAll(ofForm.byEntry());
            return new BundleTree(resource, ofTree);
        } catch (ProblemException e) {
            throw e.problem().with(XmlPlaces.of(document, e.problem().faults())).exception();
        }
    }

    /** Gives the faults of entries of a batch, but for those that are known to be wrong. */
    private Map<Integer, List<Fault>> check(ObjectNode resource, Map<Integer, List<Fault>> known) {
        EntryFaults wrong = new EntryFaults();
        BundleTree.requireRoomFor(resource.path(ENTRY).size());
        if (BundleTree.isBatch(resource) && resource.get(ENTRY) instanceof ArrayNode entries && !entries.isEmpty()) {
            ObjectNode rest = resource.objectNode();
            rest.setAll(resource);
            rest.remove(ENTRY);
            new StructureCheck(definitions).check(rest);
            for (int i = 0; i < entries.size(); i++) {
                if (!known.containsKey(i)) {
                    check(entries, i, wrong);
                }
            }
        } else {
            new StructureCheck(definitions).check(resource);
        }
        return wrong.byEntry();
    }

    private void check(ArrayNode entries, int index, EntryFaults wrong) {
        try {
            new StructureCheck(definitions).checkItem("Bundle", ENTRY, index, entries.get(index));
        } catch (ProblemException e) {
            wrong.add(index, e.problem().faults());
            entries.setNull(index); // a tree that nobody will look at
        }
    }

    /** Adds lines and columns; for all entries at once, because the document is read again for them. */
    private static void locate(String document, Map<Integer, List<Fault>> wrong) {
        if (wrong.isEmpty()) {
            return;
        }
        List<Fault> all = new ArrayList<>();
        wrong.values().forEach(all::addAll);
        List<Fault> located = XmlPlaces.of(document, all);
        int from = 0;
        for (Map.Entry<Integer, List<Fault>> entry : wrong.entrySet()) {
            int to = from + entry.getValue().size();
            entry.setValue(List.copyOf(located.subList(from, to)));
            from = to;
        }
    }
}
