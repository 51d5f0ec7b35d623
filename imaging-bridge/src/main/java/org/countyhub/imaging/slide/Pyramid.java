package org.countyhub.imaging.slide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.ProblemException;

/**
 * A slide: the images of a series, put together.
 *
 * @param levels at least one; the finest first
 * @param objectiveLensPower of the finest level; 0 where it is not known
 * @param leftOut images that cannot be shown, and why
 */
public record Pyramid(
        List<Level> levels,
        double objectiveLensPower,
        Optional<String> label,
        Optional<String> overview,
        List<LeftOut> leftOut) {
    /** How far the sides of levels may differ from those of the finest: scanners cut off what does not fill a pixel or a tile. */
    private static final double TOLERANCE = 0.02;

    private static final double TOLERATED_PIXELS = 2;

    /** An image that cannot be shown. */
    public record LeftOut(String sopInstanceUid, Fault fault) {}

    /**
     * The slide of these images. One image that contradicts itself is left out; the others are still shown.
     *
     * @param before images that were left out before
     * @throws ProblemException Unprocessable where no image of the specimen is left
     */
    public static Pyramid of(List<SlideImage> images, List<LeftOut> before) {
        List<LeftOut> leftOut = new ArrayList<>(before);
        List<Level> levels = levels(images, Flavor.VOLUME, leftOut);
        for (Level thumbnail : levels(images, Flavor.THUMBNAIL, leftOut)) {
            if (levels.isEmpty() || isSmaller(thumbnail, levels.getLast())) {
                levels.add(thumbnail);
            }
        }
        if (levels.isEmpty()) {
            throw leftOut.isEmpty()
                    ? Wrong.attribute(Tag.ImageType, "no image of the series shows the specimen")
                    : new org.countyhub.kernel.Problem.Unprocessable(
                                    leftOut.stream().map(LeftOut::fault).toList())
                            .exception();
        }
        Grid finest = levels.getFirst().grid();
        levels.removeIf(level -> {
            boolean other = !isSameRegion(finest, level.grid());
            if (other) {
                leaveOut(level, leftOut);
            }
            return other;
        });
        return new Pyramid(
                List.copyOf(levels),
                images.stream()
                        .filter(image -> image.grid().equals(finest))
                        .mapToDouble(SlideImage::objectiveLensPower)
                        .findFirst()
                        .orElse(0),
                first(images, Flavor.LABEL),
                first(images, Flavor.OVERVIEW),
                List.copyOf(leftOut));
    }

    private static void leaveOut(Level level, List<LeftOut> leftOut) {
        leftOut.add(new LeftOut(
                level.layers().getFirst().parts().getFirst().sopInstanceUid(),
                Fault.at(
                        Tag.text(Tag.TotalPixelMatrixRows),
                        "value",
                        "%d × %d pixels are not of the shape of the finest level"
                                .formatted(
                                        level.grid().totalColumns(),
                                        level.grid().totalRows()))));
    }

    private static boolean isSmaller(Level one, Level other) {
        return one.grid().totalColumns() < other.grid().totalColumns();
    }

    private static boolean isSameRegion(Grid finest, Grid grid) {
        double across = (double) finest.totalColumns() / grid.totalColumns();
        double down = (double) finest.totalRows() / grid.totalRows();
        double tolerance = TOLERANCE + TOLERATED_PIXELS / Math.min(grid.totalColumns(), grid.totalRows());
        return Math.abs(across - down) <= tolerance * Math.max(across, down);
    }

    private static Optional<String> first(List<SlideImage> images, Flavor flavor) {
        return images.stream()
                .filter(image -> image.flavor() == flavor)
                .map(SlideImage::sopInstanceUid)
                .findFirst();
    }

    /** The finest first; images of one size are layers of one level. */
    private static List<Level> levels(List<SlideImage> images, Flavor flavor, List<LeftOut> leftOut) {
        Map<String, List<SlideImage>> wholes = new LinkedHashMap<>();
        images.stream()
                .filter(image -> image.flavor() == flavor)
                .sorted(Comparator.comparingLong(SlideImage::frameOffset))
                .forEach(image -> wholes.computeIfAbsent(
                                image.concatenationUid().isEmpty() ? image.sopInstanceUid() : image.concatenationUid(),
                                ignored -> new ArrayList<>())
                        .add(image));
        Map<List<Integer>, Level> bySize = new LinkedHashMap<>();
        for (List<SlideImage> whole : wholes.values()) {
            SlideImage image = whole.getFirst();
            List<Integer> size =
                    List.of(image.grid().totalColumns(), image.grid().totalRows());
            try {
                Level own = new Level(image.grid(), image.spacing(), Layer.of(whole));
                bySize.merge(size, own, Pyramid::joined);
            } catch (ProblemException e) {
                e.problem().faults().forEach(fault -> leftOut.add(new LeftOut(image.sopInstanceUid(), fault)));
            }
        }
        List<Level> levels = new ArrayList<>(bySize.values());
        levels.sort(Comparator.comparingLong((Level level) ->
                -(long) level.grid().totalColumns() * level.grid().totalRows()));
        return levels;
    }

    private static Level joined(Level one, Level other) {
        if (!one.grid().equals(other.grid())) {
            throw Wrong.attribute(Tag.Columns, "another image of the same size has tiles of another size");
        }
        List<Layer> layers = new ArrayList<>(one.layers());
        for (Layer layer : other.layers()) {
            if (layers.stream()
                    .anyMatch(known ->
                            known.opticalPath().equals(layer.opticalPath()) && known.zOffset() == layer.zOffset())) {
                throw Wrong.attribute(
                        Tag.TotalPixelMatrixColumns, "another image shows the same at the same resolution");
            }
            layers.add(layer);
        }
        layers.sort(Comparator.comparing(Layer::opticalPath).thenComparingDouble(Layer::zOffset));
        return new Level(one.grid(), one.spacing(), layers);
    }
}
