package org.countyhub.bench.county;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A made-up county, 南安市 in 泉州, Fujian: its hospitals, its people with their cards, and the orders that lead to reports.
 * The same seed gives the same county on every machine; a county of fewer people is the beginning of one of more. No two
 * seeds belong in one hub, because their people carry the same numbers. Immutable and safe for threads.
 */
public final class County {
    /** The day the county lives in unless told otherwise. */
    public static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

    private static final int MOST_PERSONS = 5_000_000;

    private final long seed;
    private final LocalDate today;
    private final List<Person> persons;
    private final Orders orders;

    private County(long seed, LocalDate today, List<Person> persons) {
        this.seed = seed;
        this.today = today;
        this.persons = List.copyOf(persons);
        this.orders = new Orders(seed, today, this.persons);
    }

    public static County of(long seed, int personCount) {
        return of(seed, personCount, TODAY);
    }

    /** A county of 1 to 5,000,000 people as of a day; takes about 5 µs and 1.2 KB a person. */
    public static County of(long seed, int personCount, LocalDate today) {
        if (personCount < 1 || personCount > MOST_PERSONS) {
            throw new IllegalArgumentException("a county has 1 to " + MOST_PERSONS + " people, not " + personCount);
        }
        Households households = new Households(Lot.generator(seed), today, seed);
        List<Person> persons = new ArrayList<>(personCount);
        while (persons.size() < personCount) {
            List<Person> household = households.next();
            persons.addAll(household.subList(0, Math.min(household.size(), personCount - persons.size())));
        }
        return new County(seed, today, persons);
    }

    public long seed() {
        return seed;
    }

    public LocalDate today() {
        return today;
    }

    public List<Person> persons() {
        return persons;
    }

    public List<Hospital> hospitals() {
        return Hospitals.ALL;
    }

    /** The order of an index from 0, of a kind drawn as a year brings them: four of five are laboratory orders. */
    public Order order(int index) {
        return orders.any(index);
    }

    /**
     * The order of an index, of one kind. Report numbers contain the index: use an index either here or in {@link #order(int)}.
     *
     * @throws IllegalArgumentException if no one in a very small county can have such a report
     */
    public Order order(int index, ReportKind kind) {
        return orders.ofKind(index, kind);
    }
}
