package org.countyhub.imaging.slide;

import java.util.Arrays;
import java.util.Objects;

/**
 * Which frame shows which tile of a grid. Kept as runs, so that it costs what there are frames and not what a header says of the size: a complete
 * grid is one run.
 */
public final class TileMap {
    private static final int TILE = 0;
    private static final int FRAME = 1;
    private static final int LENGTH = 2;
    private static final int WIDTH = 3;

    private final int columns;
    private final int rows;
    private final int[] runs;

    private TileMap(int columns, int rows, int[] runs) {
        this.columns = columns;
        this.rows = rows;
        this.runs = runs;
    }

    /** A grid without gaps whose frames follow each other row by row (TILED_FULL, PS3.3 section C.7.6.17.3). */
    static TileMap complete(int columns, int rows, int firstFrame) {
        return new TileMap(columns, rows, new int[] {0, firstFrame, Math.multiplyExact(columns, rows)});
    }

    /**
     * A grid of tiles that are where they say.
     *
     * @param tilesAndFrames for each frame the number of its tile, row by row from 0, in the upper 32 bits and its own number in the lower ones; in
     *     ascending order, no tile twice
     */
    static TileMap of(int columns, int rows, long[] tilesAndFrames) {
        int[] runs = new int[WIDTH * tilesAndFrames.length];
        int end = 0;
        for (long one : tilesAndFrames) {
            int tile = tile(one);
            int frame = (int) one;
            int last = end - WIDTH;
            if (last >= 0
                    && tile == runs[last + TILE] + runs[last + LENGTH]
                    && frame == runs[last + FRAME] + runs[last + LENGTH]) {
                runs[last + LENGTH]++;
            } else {
                runs[end + TILE] = tile;
                runs[end + FRAME] = frame;
                runs[end + LENGTH] = 1;
                end += WIDTH;
            }
        }
        return new TileMap(columns, rows, Arrays.copyOf(runs, end));
    }

    /** The tile of such a number. */
    static int tile(long tileAndFrame) {
        return (int) (tileAndFrame >>> 32);
    }

    /** Tiles from left to right. */
    public int columns() {
        return columns;
    }

    /** Tiles from top to bottom. */
    public int rows() {
        return rows;
    }

    /** The frame of a tile, the first frame being 1; 0 where there is none. IndexOutOfBoundsException beside the grid. */
    public int frame(int column, int row) {
        int tile = Objects.checkIndex(row, rows) * columns + Objects.checkIndex(column, columns);
        int low = 0;
        int high = runs.length / WIDTH - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int run = middle * WIDTH;
            int within = tile - runs[run + TILE];
            if (within < 0) {
                high = middle - 1;
            } else if (within >= runs[run + LENGTH]) {
                low = middle + 1;
            } else {
                return runs[run + FRAME] + within;
            }
        }
        return 0;
    }

    /** In threes, in the order of tiles: the number of the first tile, row by row from 0; its frame; how many tiles and frames go on from there. */
    public int[] runs() {
        return runs.clone();
    }
}
