package org.countyhub.bench.county;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A table of the county's facts: tab-separated UTF-8 beside this class; lines with # explain the columns. */
final class Table {
    private Table() {}

    /** The rows in order, each as its cells. */
    static List<Row> read(String name) {
        try (InputStream in = Table.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the table " + name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> new Row(List.of(line.split("\t", -1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line of a table. A cell of a single hyphen means nothing. */
    record Row(List<String> cells) {
        String text(int column) {
            return cells.get(column);
        }

        boolean isEmpty(int column) {
            return text(column).equals("-");
        }

        int number(int column) {
            return Integer.parseInt(text(column));
        }

        double decimal(int column) {
            return Double.parseDouble(text(column));
        }

        List<String> words(int column) {
            return List.of(text(column).split(" ", -1));
        }

        List<String> characters(int column) {
            return text(column).codePoints().mapToObj(Character::toString).toList();
        }
    }
}
