package org.countyhub.fhir.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.countyhub.fhir.transaction.WriteOutcome;
import org.countyhub.kernel.Problem;

/** What became of the lines of an import: counts, and why the first {@value #MOST_REFUSALS} refused ones were. Safe for threads. */
final class ImportReport {
    private static final int MOST_REFUSALS = 1_000;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Refusal(int line, byte[] outcome) {}

    private final List<Refusal> refusals = new ArrayList<>();
    private int created;
    private int updated;
    private int unchanged;
    private int refused;

    synchronized void add(List<WriteOutcome> outcomes) {
        for (WriteOutcome outcome : outcomes) {
            switch (outcome.effect()) {
                case CREATED -> created++;
                case UPDATED -> updated++;
                case UNCHANGED, MATCHED, NOTHING -> unchanged++;
                case DELETED -> throw new IllegalStateException("an import deletes nothing");
            }
        }
    }

    synchronized void refuse(int line, Problem problem) {
        refused++;
        if (refusals.size() < MOST_REFUSALS) {
            refusals.add(new Refusal(line, Outcomes.outcome("error", problem.faults())));
        }
    }

    /** As Parameters: the counts, and a part {@code refusal} with {@code line} and {@code outcome} for each line told of. */
    synchronized byte[] json() {
        JsonBytes json = new JsonBytes(512).raw("{\"resourceType\":\"Parameters\",\"parameter\":[");
        count(json, "created", created).raw(",");
        count(json, "updated", updated).raw(",");
        count(json, "unchanged", unchanged).raw(",");
        count(json, "refused", refused);
        refusals.sort(Comparator.comparingInt(Refusal::line));
        for (Refusal refusal : refusals) {
            count(json.raw(",{\"name\":\"refusal\",\"part\":["), "line", refusal.line())
                    .raw(",{\"name\":\"outcome\",\"resource\":")
                    .raw(refusal.outcome())
                    .raw("}]}");
        }
        return json.raw("]}").toByteArray();
    }

    private static JsonBytes count(JsonBytes json, String name, int value) {
        return json.raw("{\"name\":\"" + name + "\",\"valueInteger\":")
                .raw(Integer.toString(value))
                .raw("}");
    }
}
