package org.countyhub.bench.load;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Made-up people, always the same for the same number.
 *
 * @param mark goes into every identifier, so that a second run against the same server meets no earlier data
 */
record People(String mark) {
    static final String CARD_SYSTEM = "urn:countyhub:bench:card";
    static final List<String> FAMILIES = List.of(
            "Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Xu", "Sun", "Ma", "Zhu", "Hu",
            "Guo", "He", "Lin", "Gao", "Luo", "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周");
    static final List<String> GIVEN = List.of(
            "Wei", "Fang", "Na", "Xiuying", "Min", "Jing", "Qiang", "Lei", "Yang", "Yong", "Juan", "Jie", "Tao", "Ming",
            "Chao", "Xiulan", "Gang", "Ping", "Hui", "Yan", "伟", "芳", "娜", "秀英", "敏", "静", "强", "磊", "洋", "勇");
    static final List<String> CITIES = List.of("Qingtan", "Baishi", "Longquan", "Meixi", "Yunhe", "Hongqiao");
    static final List<String> STREETS =
            List.of("Renmin Road", "Jiefang Road", "Zhongshan Street", "Xinhua Lane", "Jianshe Road", "Heping Street");
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1930, 1, 1);
    private static final int BIRTH_DAYS = 94 * 365;
    private static final Template PATIENT = new Template("patient");

    /** The code on the card of a person. */
    String card(int person) {
        return "%s-%06d".formatted(mark, person);
    }

    LocalDate birthDate(int person) {
        return EARLIEST_BIRTH.plusDays(random(person).nextInt(BIRTH_DAYS));
    }

    /** A search for the card, encoded as a query. */
    String byCard(String parameter, int person) {
        return parameter + "=" + FhirBase.encode(CARD_SYSTEM + "|" + card(person));
    }

    String patient(int person) {
        SplittableRandom random = random(person);
        Map<String, Object> values = new HashMap<>();
        values.put("birthDate", EARLIEST_BIRTH.plusDays(random.nextInt(BIRTH_DAYS)));
        values.put("card", card(person));
        values.put("family", pick(FAMILIES, random));
        values.put("given", pick(GIVEN, random));
        values.put("gender", random.nextBoolean() ? "female" : "male");
        values.put("phone", "138%08d".formatted(random.nextInt(100_000_000)));
        values.put("line", random.nextInt(1, 400) + " " + pick(STREETS, random));
        values.put("city", pick(CITIES, random));
        values.put("district", "District " + random.nextInt(1, 9));
        values.put("postalCode", Integer.toString(random.nextInt(310_000, 320_000)));
        return PATIENT.fill(values);
    }

    static <T> T pick(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    private static SplittableRandom random(int person) {
        return new SplittableRandom(0x5eed_0000_0000L + person);
    }
}
