package org.countyhub.bench.county;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of laboratory items ordered and reported together.
 *
 * @param code such as {@code CBC}, {@code BIO}
 * @param loinc of the panel, null where LOINC has none
 * @param specimen of HL7 table 0487
 * @param hospitals prefixes of those that offer it
 */
public record Panel(
        String code,
        @Nullable String loinc,
        String name,
        String specimen,
        int weight,
        List<String> hospitals,
        List<LaboratoryItem> items) {
    private static final List<Panel> ALL = read();

    /** Twelve serum items, creatinine among them: its bundle has 16 resources. */
    public static final Panel BIOCHEMISTRY = named("BIO");

    public Panel {
        hospitals = List.copyOf(hospitals);
        items = List.copyOf(items);
    }

    public static List<Panel> all() {
        return ALL;
    }

    /** The panel of a code. */
    public static Panel named(String code) {
        return ALL.stream()
                .filter(panel -> panel.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no panel " + code));
    }

    static List<Panel> offeredBy(Hospital hospital) {
        return ALL.stream()
                .filter(panel -> panel.hospitals.contains(hospital.prefix()))
                .toList();
    }

    private static List<Panel> read() {
        List<Panel> panels = new ArrayList<>();
        for (Table.Row row : Table.read("laboratory.tsv")) {
            if (row.text(0).equals("panel")) {
                panels.add(new Panel(
                        row.text(1),
                        row.isEmpty(2) ? null : row.text(2),
                        row.text(3),
                        row.text(4),
                        row.number(5),
                        row.words(6),
                        List.of()));
            } else {
                panels.add(panels.removeLast().with(LaboratoryItem.of(row)));
            }
        }
        return List.copyOf(panels);
    }

    private Panel with(LaboratoryItem item) {
        List<LaboratoryItem> more = new ArrayList<>(items);
        more.add(item);
        return new Panel(code, loinc, name, specimen, weight, hospitals, more);
    }
}
