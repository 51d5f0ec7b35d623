package org.countyhub.imaging.slide;

import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;

/**
 * How an image is cut into tiles. The last tiles reach beyond the matrix where it is no multiple of them.
 *
 * @param totalColumns pixels of the matrix from left to right
 * @param totalRows from top to bottom
 * @param columns pixels of a tile from left to right
 * @param rows from top to bottom
 */
public record Grid(int totalColumns, int totalRows, int columns, int rows) {
    /** What a header says; Problem.Unprocessable with the tag where that cannot be. */
    static Grid of(Dataset header) {
        int columns = size(header, Tag.Columns, 0xFFFF);
        int rows = size(header, Tag.Rows, 0xFFFF);
        Grid grid = new Grid(
                // Labels and overviews of one frame may leave out what is the same again.
                header.contains(Tag.TotalPixelMatrixColumns)
                        ? size(header, Tag.TotalPixelMatrixColumns, Integer.MAX_VALUE)
                        : columns,
                header.contains(Tag.TotalPixelMatrixRows)
                        ? size(header, Tag.TotalPixelMatrixRows, Integer.MAX_VALUE)
                        : rows,
                columns,
                rows);
        if ((long) grid.across() * grid.down() > Integer.MAX_VALUE) {
            throw Wrong.attribute(
                    Tag.TotalPixelMatrixRows,
                    "%d × %d tiles are more than there can be frames".formatted(grid.across(), grid.down()));
        }
        return grid;
    }

    private static int size(Dataset header, int tag, int most) {
        long value = header.integer(tag, Long.MIN_VALUE);
        if (value < 1 || value > most) {
            throw Wrong.attribute(
                    tag, value == Long.MIN_VALUE ? "missing, or no number" : value + " is not 1 to " + most);
        }
        return (int) value;
    }

    /** Tiles from left to right. */
    public int across() {
        return Math.ceilDiv(totalColumns, columns);
    }

    /** Tiles from top to bottom. */
    public int down() {
        return Math.ceilDiv(totalRows, rows);
    }

    int tiles() {
        return across() * down();
    }
}
