package org.countyhub.imaging.slide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.jspecify.annotations.Nullable;

/** How the frames of an image tell where they belong (PS3.3 section C.7.6.17.3). */
sealed interface Tiling {
    /** Layers of one image: optical paths by focal planes. */
    int MAX_LAYERS = 256;

    /** What lies over each other: an optical path at a focus, counted in micrometres above the slide. */
    record LayerName(String opticalPath, double zOffset) {}

    /**
     * By their order: column by column, row by row, focal plane by focal plane, optical path by optical path.
     *
     * @param focalPlanes how many; 0 where the header does not say
     * @param opticalPaths at least one
     */
    record Full(int focalPlanes, List<String> opticalPaths, double zOffset, double zStep) implements Tiling {}

    /**
     * Each says it.
     *
     * @param tiles of each frame, row by row from 0
     * @param layers of each frame, as places in {@code names}
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the numbers
    record Sparse(int[] tiles, int[] layers, List<LayerName> names) implements Tiling {}

    /** What a header says; Problem.Unprocessable with the place where that cannot be. */
    static Tiling of(Dataset header, Grid grid, int frames) {
        List<Dataset> perFrame = header.items(Tag.PerFrameFunctionalGroupsSequence);
        String type = header.string(Tag.DimensionOrganizationType, "");
        boolean positions = !perFrame.isEmpty()
                && !perFrame.getFirst().items(Tag.PlanePositionSlideSequence).isEmpty();
        // Images from before TILED_FULL was defined give positions and no type.
        if (type.equals("TILED_SPARSE") || (!type.equals("TILED_FULL") && positions)) {
            return sparse(header, perFrame, grid, frames);
        }
        return full(header);
    }

    private static Tiling full(Dataset header) {
        List<String> paths = new ArrayList<>();
        for (Dataset path : header.items(Tag.OpticalPathSequence)) {
            paths.add(path.string(Tag.OpticalPathIdentifier, Integer.toString(paths.size() + 1)));
        }
        int count = bounded(header, Tag.NumberOfOpticalPaths, Math.max(1, paths.size()));
        while (paths.size() < count) {
            paths.add(Integer.toString(paths.size() + 1));
        }
        double step = SlideImage.shared(header, Tag.PixelMeasuresSequence)
                .map(measures -> first(measures, Tag.SpacingBetweenSlices, 0))
                .orElse(0.0);
        return new Full(
                header.contains(Tag.TotalPixelMatrixFocalPlanes)
                        ? bounded(header, Tag.TotalPixelMatrixFocalPlanes, 1)
                        : 0,
                List.copyOf(paths.subList(0, count)),
                header.items(Tag.TotalPixelMatrixOriginSequence).stream()
                        .mapToDouble(origin -> first(origin, Tag.ZOffsetInSlideCoordinateSystem, 0))
                        .findFirst()
                        .orElse(0),
                // Millimetres; planes that do not say how far apart they are are told apart by their numbers.
                step > 0 ? step * 1_000 : 1);
    }

    private static int bounded(Dataset header, int tag, int ifAbsent) {
        long value = header.integer(tag, ifAbsent);
        if (value < 1 || value > MAX_LAYERS) {
            throw Wrong.attribute(tag, "there can be 1 to " + MAX_LAYERS + " of them, not " + value);
        }
        return (int) value;
    }

    private static double first(Dataset dataset, int tag, double ifAbsent) {
        double[] values = dataset.decimals(tag);
        return values.length == 0 || !Double.isFinite(values[0]) ? ifAbsent : values[0];
    }

    private static Tiling sparse(Dataset header, List<Dataset> perFrame, Grid grid, int frames) {
        if (perFrame.size() != frames) {
            throw Wrong.attribute(
                    Tag.PerFrameFunctionalGroupsSequence,
                    "it describes " + perFrame.size() + " frames, but there are " + frames);
        }
        @Nullable
        Dataset shared =
                SlideImage.shared(header, Tag.OpticalPathIdentificationSequence).orElse(null);
        int[] tiles = new int[frames];
        int[] layers = new int[frames];
        Map<LayerName, Integer> names = new HashMap<>();
        List<LayerName> ordered = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            Dataset groups = perFrame.get(i);
            List<Dataset> positions = groups.items(Tag.PlanePositionSlideSequence);
            Dataset position = positions.isEmpty() ? Dataset.EMPTY : positions.getFirst();
            int column = place(position, i, Tag.ColumnPositionInTotalImagePixelMatrix, grid.columns(), grid.across());
            int row = place(position, i, Tag.RowPositionInTotalImagePixelMatrix, grid.rows(), grid.down());
            tiles[i] = row * grid.across() + column;
            List<Dataset> own = groups.items(Tag.OpticalPathIdentificationSequence);
            Dataset path = own.isEmpty() ? shared : own.getFirst();
            LayerName name = new LayerName(
                    path == null ? "" : path.string(Tag.OpticalPathIdentifier, ""),
                    first(position, Tag.ZOffsetInSlideCoordinateSystem, 0));
            Integer known = names.get(name);
            if (known == null) {
                known = ordered.size();
                if (known == MAX_LAYERS) {
                    throw Wrong.ofFrame(
                            i,
                            Tag.PlanePositionSlideSequence,
                            Tag.ZOffsetInSlideCoordinateSystem,
                            "more than " + MAX_LAYERS + " focal planes and optical paths");
                }
                names.put(name, known);
                ordered.add(name);
            }
            layers[i] = known;
        }
        return new Sparse(tiles, layers, List.copyOf(ordered));
    }

    /** From the position of the first pixel, counted from 1, to the number of the tile, counted from 0. */
    private static int place(Dataset position, int frame, int tag, int size, int count) {
        long value = position.integer(tag, Long.MIN_VALUE);
        String why;
        if (value == Long.MIN_VALUE) {
            why = "missing, or no number";
        } else if (value < 1 || (value - 1) / size >= count) {
            why = value + " is beside the total pixel matrix";
        } else if ((value - 1) % size != 0) {
            why = value + " is not on the grid of tiles of " + size + " pixels";
        } else {
            return (int) ((value - 1) / size);
        }
        throw Wrong.ofFrame(frame, Tag.PlanePositionSlideSequence, tag, why);
    }
}
