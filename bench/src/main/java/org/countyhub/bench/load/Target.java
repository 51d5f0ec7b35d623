package org.countyhub.bench.load;

import java.util.Locale;
import java.util.Map;

/** What a figure must reach on two cores that server, database and load share. */
public sealed interface Target {
    boolean met(double value);

    record AtLeast(double bound) implements Target {
        @Override
        public boolean met(double value) {
            return value >= bound;
        }

        @Override
        public String toString() {
            return "≥ " + number(bound);
        }
    }

    record Below(double bound) implements Target {
        @Override
        public boolean met(double value) {
            return value < bound;
        }

        @Override
        public String toString() {
            return "< " + number(bound);
        }
    }

    /** No more than this, such as the number of lost updates. */
    record AtMost(double bound) implements Target {
        @Override
        public boolean met(double value) {
            return value <= bound;
        }

        @Override
        public String toString() {
            return "≤ " + number(bound);
        }
    }

    Map<String, Target> BY_ROW = Map.ofEntries(
            Map.entry(RowNames.INGEST, new AtLeast(4_000)),
            Map.entry(RowNames.SYNTHEA, new AtLeast(4_000)),
            Map.entry(RowNames.INGEST_OF_FLOOR, new AtLeast(40)),
            Map.entry(RowNames.CREATE, new AtLeast(1_500)),
            Map.entry(RowNames.UPDATE, new AtLeast(1_000)),
            Map.entry(RowNames.READ, new AtLeast(10_000)),
            Map.entry(RowNames.READ_OF_FLOOR, new AtLeast(60)),
            Map.entry(RowNames.BY_CARD, new AtLeast(5_000)),
            Map.entry(RowNames.REPORTS_BY_CARD, new AtLeast(3_500)),
            Map.entry(RowNames.LAST_VALUES, new AtLeast(5_000)),
            Map.entry(RowNames.REPORT_WITH_RESULTS, new AtLeast(1_500)),
            Map.entry(RowNames.DISK, new AtMost(3)),
            Map.entry(RowNames.START_EXISTING, new Below(8)),
            Map.entry(RowNames.IDLE_MEMORY, new Below(600)),
            Map.entry(RowNames.PEAK_MEMORY, new Below(1_200)),
            Map.entry(RowNames.DUPLICATES, new AtMost(0)),
            Map.entry(RowNames.BUNDLE_DUPLICATES, new AtMost(0)),
            Map.entry(RowNames.LOST_UPDATES, new AtMost(0)),
            Map.entry(RowNames.TORN_TRANSACTIONS, new AtMost(0)),
            Map.entry(RowNames.REFUSALS, new AtMost(0)),
            Map.entry(RowNames.BULK, new AtLeast(3_000)),
            Map.entry(RowNames.BULK_UNLINKED, new AtMost(0)),
            Map.entry(RowNames.BULK_TWINS, new AtMost(0)),
            Map.entry(RowNames.RESOLVE_P50, new Below(2)),
            Map.entry(RowNames.MATCH, new AtLeast(200)),
            Map.entry(RowNames.MATCH_P99, new Below(50)),
            Map.entry(RowNames.PERSON_COST, new AtMost(1.2)));

    private static String number(double bound) {
        return bound == Math.rint(bound) ? String.format(Locale.ROOT, "%,.0f", bound) : Double.toString(bound);
    }
}
