package org.countyhub.bench.county;

import java.util.List;
import java.util.random.RandomGenerator;

/** A house of the county and the codes of its town and village. */
record Place(String townCode, String villageCode, Address address) {
    private static final Lot<Table.Row> TOWNS = Lot.of(Table.read("towns.tsv"), row -> row.number(2));
    private static final List<String> VILLAGES = List.of(
            "埔头村", "溪东村", "山后村", "前园村", "新兴社区", "西埔村", "后坑村", "中山社区", "洋美村", "坑内村", "湖内村", "金山村", "梧坑村", "下店村", "南厅村",
            "岭兜村", "龙凤村", "仙美村");

    static Place draw(RandomGenerator random) {
        Table.Row town = TOWNS.draw(random);
        int village = random.nextInt(VILLAGES.size());
        String line = VILLAGES.get(village) + (1 + random.nextInt(480)) + "号";
        return new Place(town.text(0), "%03d".formatted(200 + village), new Address(town.text(1), line));
    }
}
