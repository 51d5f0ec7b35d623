package org.countyhub.fhir.search.index;

import java.util.ArrayList;
import java.util.List;

/** What an extraction found, as lines such as {@code code Token[system=null, code=a]}. */
final class Rows implements IndexSink {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void value(SearchParameter parameter, IndexValue value) {
        lines.add(parameter.code() + " " + value);
    }

    @Override
    public void composite(SearchParameter parameter, List<IndexValue> components) {
        lines.add(parameter.code() + " " + components);
    }

    List<String> lines() {
        return lines;
    }
}
