package org.countyhub.bench.county;

import java.util.ArrayList;
import java.util.List;

/**
 * An imaging examination a county performs.
 *
 * @param modality of DICOM, such as CT, DX
 * @param level of the hospital, at least
 * @param age of the patient in years, at least
 */
record Exam(
        String code,
        String loinc,
        String name,
        String modality,
        String bodySite,
        int level,
        int age,
        boolean womenOnly,
        int weight,
        List<Series> series,
        List<Reading> readings) {
    private static final int OLDEST_MOTHER = 48;

    static final List<Exam> ALL = read();

    /** A series and the bounds of its number of images, inclusive. */
    record Series(String description, int fewest, int most) {}

    /** What may be seen, as often as the weight says. */
    record Reading(int weight, boolean critical, String findings, String impression) {}

    boolean suits(Order order) {
        Service service = modality.equals("US") ? Service.ULTRASOUND : Service.RADIOLOGY;
        Person person = order.person();
        boolean rightSex = !womenOnly || person.sex() == Sex.FEMALE;
        boolean pregnancy = code.equals("US-OB");
        return order.department().service() == service
                && order.hospital().level() >= level
                && order.age() >= age
                && rightSex
                && !(pregnancy && order.age() > OLDEST_MOTHER);
    }

    private static List<Exam> read() {
        List<Exam> exams = new ArrayList<>();
        List<Series> series = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        for (Table.Row row : Table.read("imaging.tsv").reversed()) {
            switch (row.text(0)) {
                case "series" -> series.addFirst(new Series(row.text(1), row.number(2), row.number(3)));
                case "reading" ->
                    readings.addFirst(new Reading(row.number(1), !row.isEmpty(2), row.text(3), row.text(4)));
                default -> {
                    exams.addFirst(exam(row, series, readings));
                    series.clear();
                    readings.clear();
                }
            }
        }
        return List.copyOf(exams);
    }

    private static Exam exam(Table.Row row, List<Series> series, List<Reading> readings) {
        return new Exam(
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.number(6),
                row.number(7),
                row.text(8).equals("F"),
                row.number(9),
                List.copyOf(series),
                List.copyOf(readings));
    }
}
