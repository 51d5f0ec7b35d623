package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a sender marks what other hospitals may recognise: two tags, so that a search by _tag finds it. */
final class Recognition {
    private static final int PERCENT_FAILED = 6;

    private Recognition() {}

    /** The mark and the external quality assessment (室间质评) of an item; a hospital fails an item always or never. */
    static ObjectNode meta(Hospital hospital, String item) {
        long draw = Lot.seed(hospital.id().hashCode(), item.hashCode());
        boolean passed = Math.floorMod(draw, 100L) >= PERCENT_FAILED;
        ObjectNode meta = Elements.object();
        Mark mark = hospital.mark();
        meta.set(
                "tag",
                Elements.list(
                        Elements.coding(Systems.MARK, mark.code(), mark.display()),
                        passed
                                ? Elements.coding(Systems.EQA, "passed", "室间质评合格")
                                : Elements.coding(Systems.EQA, "failed", "室间质评不合格")));
        return meta;
    }
}
