package org.countyhub.imaging.dicomweb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Where in a data set a value stands: tags, each but the last followed by the number of an item. */
record BulkPlace(List<Integer> steps) {
    private static final int MAX_STEPS = 33;

    static BulkPlace parse(String place) {
        String[] parts = place.replaceFirst("^/", "").split("/", -1);
        if (parts.length % 2 == 0 || parts.length > MAX_STEPS) {
            throw wrong();
        }
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            boolean isTag = i % 2 == 0;
            if (!parts[i].matches(isTag ? "[0-9A-Fa-f]{8}" : "[0-9]{1,8}")) {
                throw wrong();
            }
            steps.add(isTag ? Integer.parseUnsignedInt(parts[i], 16) : Integer.parseInt(parts[i]));
        }
        return new BulkPlace(List.copyOf(steps));
    }

    private static RuntimeException wrong() {
        return Problem.malformed(Fault.at(
                "bulkdata", "value", "a value is named by its tag, inside sequences by tag, number of item, tag"));
    }

    int tag() {
        return steps.getLast();
    }

    String mark() {
        return Integer.toHexString(steps.hashCode());
    }

    Optional<Element> in(Dataset dataset) {
        Dataset at = dataset;
        for (int i = 0; i + 1 < steps.size(); i += 2) {
            List<Dataset> items = at.items(steps.get(i));
            int item = steps.get(i + 1);
            if (item >= items.size()) {
                return Optional.empty();
            }
            at = items.get(item);
        }
        return Optional.ofNullable(at.element(tag()));
    }
}
