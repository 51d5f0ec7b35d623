package org.countyhub.bench.load;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line of the report.
 *
 * @param value the figure, in the unit; empty when the server does not offer what was asked
 * @param latency of single requests, where it was measured
 * @param cost CPU time of single requests, where the processes are on this machine
 * @param note what a reader must know beside the figure; may be empty
 */
public record Row(
        String name,
        OptionalDouble value,
        String unit,
        Optional<Percentiles> latency,
        Optional<Cost> cost,
        String note) {

    /** CPU milliseconds per request. */
    public record Cost(double serverMillis, double databaseMillis) {}

    public static Row of(String name, double value, String unit) {
        return new Row(name, OptionalDouble.of(value), unit, Optional.empty(), Optional.empty(), "");
    }

    public static Row notOffered(String name, String unit, String note) {
        return new Row(name, OptionalDouble.empty(), unit, Optional.empty(), Optional.empty(), "not offered: " + note);
    }

    public Row with(Percentiles percentiles) {
        return new Row(name, value, unit, Optional.of(percentiles), cost, note);
    }

    public Row with(Optional<Cost> newCost) {
        return new Row(name, value, unit, latency, newCost, note);
    }

    public Row noting(String newNote) {
        return new Row(name, value, unit, latency, cost, newNote);
    }
}
