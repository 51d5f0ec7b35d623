package org.countyhub.bench.county;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrdersTest {
    private static final County COUNTY = County.of(1, 500);
    private static final List<Order> ORDERS =
            IntStream.range(0, 5_000).mapToObj(COUNTY::order).toList();

    @Test
    void anIndexAlwaysGivesTheSameOrder() {
        assertThat(COUNTY.order(42)).isEqualTo(County.of(1, 500).order(42));
    }

    @Test
    void everyKindOccursAndMostAreLaboratory() {
        Map<ReportKind, Long> counts =
                ORDERS.stream().collect(Collectors.groupingBy(Order::kind, Collectors.counting()));

        assertThat(counts).containsOnlyKeys(ReportKind.values());
        assertThat(counts.get(ReportKind.LABORATORY)).isBetween(3_800L, 4_200L);
    }

    @Test
    void numbersAreUniqueAndNameTheHospital() {
        assertThat(ORDERS).extracting(Order::number).doesNotHaveDuplicates();
        assertThat(ORDERS)
                .allMatch(order -> order.number().startsWith(order.hospital().prefix()));
    }

    @Test
    void accessionNumbersAreUniqueAndFitIntoTheirAttribute() {
        assertThat(ORDERS)
                .extracting(Order::accession)
                .doesNotHaveDuplicates()
                .allMatch(number -> number.length() <= 16);
    }

    @Test
    void reportsLieWithinTheLastYearAndTheLifeOfTheirPatient() {
        assertThat(ORDERS).allSatisfy(order -> {
            assertThat(order.day()).isAfter(order.person().birthDate());
            assertThat(order.day()).isAfterOrEqualTo(COUNTY.today().minusDays(366));
            assertThat(order.orderedAt()).isBefore(order.performedAt());
            assertThat(order.performedAt()).isBefore(order.issuedAt());
            assertThat(order.issuedAt().toLocalDate()).isBefore(COUNTY.today());
        });
    }

    @Test
    void mostAreFinalAndSomePreliminaryOrAmended() {
        Map<String, Long> counts = ORDERS.stream().collect(Collectors.groupingBy(Order::status, Collectors.counting()));

        assertThat(counts).containsOnlyKeys("final", "preliminary", "amended");
        assertThat(counts.get("final")).isGreaterThan(4_500);
    }

    @Test
    void aKindMayBeAskedFor() {
        for (ReportKind kind : ReportKind.values()) {
            assertThat(COUNTY.order(9, kind).kind()).isEqualTo(kind);
        }
    }

    @Test
    void saysWhenNobodyCanHaveTheKind() {
        County newborns = countyWithoutAdults();

        assertThatThrownBy(() -> newborns.order(0, ReportKind.PATHOLOGY)).isInstanceOf(IllegalArgumentException.class);
        assertThat(newborns.order(0).kind()).isNotNull();
    }

    // One person, a man of an age or registration that no pathology fits, of some seed.
    private static County countyWithoutAdults() {
        return IntStream.range(0, 1_000)
                .mapToObj(seed -> County.of(seed, 1))
                .filter(county -> county.persons().getFirst().registrations().stream()
                        .allMatch(
                                r -> r.hospital().departments(Service.PATHOLOGY).isEmpty()))
                .findFirst()
                .orElseThrow();
    }
}
