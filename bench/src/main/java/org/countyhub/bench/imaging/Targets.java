package org.countyhub.bench.imaging;

import java.util.Map;
import org.countyhub.bench.load.Target;

/** What the figures must reach on two cores that bridge, database and senders share. */
final class Targets {
    static final Map<String, Target> BY_ROW = Map.ofEntries(
            Map.entry(RowNames.STORE_ONE, new Target.AtLeast(80)),
            Map.entry(RowNames.STORE_EIGHT, new Target.AtLeast(250)),
            Map.entry(RowNames.STOW, new Target.AtLeast(250)),
            Map.entry(RowNames.LOST, new Target.AtMost(0)),
            Map.entry(RowNames.METADATA_WARM, new Target.AtMost(50)),
            Map.entry(RowNames.METADATA_COLD, new Target.AtMost(150)),
            Map.entry(RowNames.QUERY_INSTANCES, new Target.AtMost(15)),
            Map.entry(RowNames.QUERY, new Target.AtMost(5)),
            Map.entry(RowNames.FRAMES_CT, new Target.AtLeast(800)),
            Map.entry(RowNames.FRAMES_CT_P50, new Target.AtMost(3)),
            Map.entry(RowNames.FRAMES_US, new Target.AtLeast(800)),
            Map.entry(RowNames.FRAMES_US_P50, new Target.AtMost(3)),
            Map.entry(RowNames.FILM, new Target.AtMost(800)),
            Map.entry(RowNames.SLIDE, new Target.AtMost(1_500)),
            Map.entry(RowNames.SCROLL_BLANK, new Target.AtMost(0)),
            Map.entry(RowNames.LARGE_MEMORY, new Target.AtMost(512)),
            Map.entry(RowNames.PEAK_MEMORY, new Target.AtMost(512)));

    private Targets() {}
}
