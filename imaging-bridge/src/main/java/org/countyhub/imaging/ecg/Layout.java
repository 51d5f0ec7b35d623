package org.countyhub.imaging.ecg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How leads are put on a page. */
public enum Layout {
    /** Four columns of three leads, which follow one another in time, and lead II below over the whole time. */
    THREE_BY_FOUR("3x4", 4),
    /** Two columns of six leads. */
    SIX_BY_TWO("6x2", 2),
    /** Each lead over the whole time. */
    TWELVE_BY_ONE("12x1", 1);

    private static final String RHYTHM = "II";
    /** With fewer leads columns would say less than rows. */
    private static final int WORTH_COLUMNS = 9;

    private final String code;
    private final int columns;

    Layout(String code, int columns) {
        this.code = code;
        this.columns = columns;
    }

    /** Such as {@code 3x4}. */
    public String code() {
        return code;
    }

    int columns() {
        return columns;
    }

    public static Optional<Layout> of(String code) {
        for (Layout layout : values()) {
            if (layout.code.equals(code)) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    static Layout usual(List<Lead> leads) {
        return leads.size() >= WORTH_COLUMNS ? THREE_BY_FOUR : TWELVE_BY_ONE;
    }

    /** A lead in a row, from and to a part of the time: 0 to 1. */
    record Cell(Lead lead, int row, double from, double to) {}

    int rows(int leads) {
        int rows = (leads + columns - 1) / columns;
        return this == THREE_BY_FOUR ? rows + 1 : rows;
    }

    /** Column by column, each filled from above. */
    List<Cell> cells(List<Lead> leads) {
        int rows = (leads.size() + columns - 1) / columns;
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < leads.size(); i++) {
            int column = i / rows;
            cells.add(new Cell(leads.get(i), i % rows, (double) column / columns, (double) (column + 1) / columns));
        }
        if (this == THREE_BY_FOUR) {
            Lead rhythm = leads.stream()
                    .filter(lead -> lead.name().equals(RHYTHM))
                    .findFirst()
                    .orElse(leads.getFirst());
            cells.add(new Cell(rhythm, rows, 0, 1));
        }
        return List.copyOf(cells);
    }
}
