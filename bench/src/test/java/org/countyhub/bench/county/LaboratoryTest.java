package org.countyhub.bench.county;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LaboratoryTest {
    private static final County COUNTY = County.of(1, 500);
    private static final int ORDERS = 1_500;
    private static final List<JsonNode> BIOCHEMISTRY = observations(Panel.BIOCHEMISTRY);
    private static final List<JsonNode> BLOOD_COUNT = observations(Panel.named("CBC"));

    @Test
    void flagsAgreeWithTheReferenceRange() {
        assertThat(BIOCHEMISTRY).allSatisfy(observation -> {
            double value = value(observation);
            JsonNode range = observation.at("/referenceRange/0");
            boolean low = range.has("low") && value < range.at("/low/value").asDouble();
            boolean high = range.has("high") && value > range.at("/high/value").asDouble();
            assertThat(flag(observation)).isIn(low ? List.of("L", "LL") : high ? List.of("H", "HH") : List.of("N"));
        });
    }

    @Test
    void mostValuesAreNormalSomeAbnormalAndAFewCritical() {
        Map<String, Long> flags =
                BIOCHEMISTRY.stream().collect(Collectors.groupingBy(LaboratoryTest::flag, Collectors.counting()));
        double all = BIOCHEMISTRY.size();

        assertThat(flags.getOrDefault("N", 0L) / all).isBetween(0.80, 0.95);
        assertThat((flags.getOrDefault("LL", 0L) + flags.getOrDefault("HH", 0L)) / all)
                .isBetween(0.001, 0.01);
    }

    @Test
    void creatinineDependsOnSexAsItsReferenceDoes() {
        List<JsonNode> creatinine =
                BIOCHEMISTRY.stream().filter(o -> loinc(o).equals("14682-9")).toList();

        assertThat(creatinine)
                .hasSize(ORDERS)
                .allMatch(o -> o.at("/valueQuantity/code").asText().equals("umol/L"))
                .allMatch(o -> value(o) > 5 && value(o) < 900);
        assertThat(creatinine.stream()
                        .map(o -> o.at("/referenceRange/0/low/value").asText())
                        .distinct())
                .contains("57", "41");
    }

    @Test
    void oneItemHasOneUnitAndTwoCodes() {
        assertThat(BIOCHEMISTRY).allSatisfy(observation -> {
            JsonNode codings = observation.at("/code/coding");
            assertThat(codings).hasSize(2);
            assertThat(codings.get(0).path("system").asText()).isEqualTo("http://loinc.org");
            assertThat(codings.get(1).path("system").asText()).endsWith("-laboratory");
        });
    }

    @Test
    void decimalsKeepTheirScale() {
        assertThat(BIOCHEMISTRY)
                .filteredOn(o -> loinc(o).equals("2823-3"))
                .allMatch(o -> o.at("/valueQuantity/value").asText().matches("\\d+\\.\\d\\d"));
    }

    @Test
    void theCountsOfABloodCountAddUp() {
        int items = Panel.named("CBC").items().size();
        for (int i = 0; i < BLOOD_COUNT.size(); i += items) {
            Map<String, Double> values = new HashMap<>();
            BLOOD_COUNT.subList(i, i + items).forEach(o -> values.put(loinc(o), value(o)));

            double differential = of(values, "770-8")
                    + of(values, "736-9")
                    + of(values, "5905-5")
                    + of(values, "713-8")
                    + of(values, "706-2");
            assertThat(differential).isCloseTo(100, within(0.3));
            assertThat(of(values, "718-7")).isCloseTo(of(values, "789-8") * of(values, "785-6"), within(3.0));
        }
    }

    @Test
    void aPersonsHistoryVariesLessThanTheCounty() {
        Person person = COUNTY.persons().getFirst();
        List<Double> own = new ArrayList<>();
        for (int i = 0; i < ORDERS * 4 && own.size() < 8; i++) {
            Order order = COUNTY.order(i, ReportKind.LABORATORY);
            if (order.person().equals(person)) {
                own.add(LaboratoryValues.draw(Panel.BIOCHEMISTRY, order, order.random())
                        .getOrDefault("CREA", 0.0));
            }
        }
        own.sort(Double::compare);

        double middleHalf = own.get(own.size() * 3 / 4) - own.get(own.size() / 4);
        assertThat(middleHalf).isLessThan(20);
    }

    private static List<JsonNode> observations(Panel panel) {
        List<JsonNode> observations = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            for (JsonNode entry : Reports.laboratory(COUNTY.order(i, ReportKind.LABORATORY), panel)
                    .path("entry")) {
                if (entry.at("/request/url").asText().equals("Observation")) {
                    observations.add(entry.path("resource"));
                }
            }
        }
        return observations;
    }

    private static double of(Map<String, Double> values, String loinc) {
        return values.getOrDefault(loinc, Double.NaN);
    }

    private static double value(JsonNode observation) {
        return observation.at("/valueQuantity/value").asDouble();
    }

    private static String loinc(JsonNode observation) {
        return observation.at("/code/coding/0/code").asText();
    }

    private static String flag(JsonNode observation) {
        return observation.at("/interpretation/0/coding/0/code").asText();
    }
}
