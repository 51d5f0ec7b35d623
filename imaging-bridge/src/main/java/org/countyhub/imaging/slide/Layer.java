package org.countyhub.imaging.slide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.dicom.Tag;

/**
 * What is seen of a level at once: one optical path at one focus.
 *
 * @param opticalPath its identifier; empty where there is none
 * @param zOffset focus in micrometres above the slide
 * @param parts whose frames the map numbers, those of the first part first
 * @param browserReady whether a browser shows stored frames as they are meant
 */
public record Layer(String opticalPath, double zOffset, List<Part> parts, boolean browserReady, TileMap tiles) {
    /**
     * An instance with frames of the layer.
     *
     * @param offset what has to be taken from a number of the map to have the number of the frame within the instance
     */
    public record Part(String sopInstanceUid, int offset, int frames) {}

    /**
     * The layers of an image, or of the parts of a concatenation in their order.
     *
     * @throws org.countyhub.kernel.ProblemException Unprocessable where frames and tiles do not match, parts are missing, or a tile is there twice
     */
    static List<Layer> of(List<SlideImage> images) {
        SlideImage first = images.getFirst();
        int end = 0;
        List<Part> parts = new ArrayList<>();
        for (SlideImage image : images) {
            boolean full = image.tiling() instanceof Tiling.Full;
            if (!image.grid().equals(first.grid()) || full != (first.tiling() instanceof Tiling.Full)) {
                throw Wrong.attribute(Tag.ConcatenationUID, "the parts of the concatenation are not of one image");
            }
            if (full ? image.frameOffset() != end : image.frameOffset() < end) {
                throw Wrong.attribute(
                        Tag.ConcatenationFrameOffsetNumber,
                        "the part begins behind frame %d, and the one before it ends with frame %d"
                                .formatted(image.frameOffset(), end));
            }
            parts.add(new Part(image.sopInstanceUid(), image.frameOffset(), image.frames()));
            end = Math.addExact(image.frameOffset(), image.frames());
        }
        boolean ready = images.stream().allMatch(SlideImage::browserReady);
        return switch (first.tiling()) {
            case Tiling.Full full -> full(full, first.grid(), end, parts, ready);
            case Tiling.Sparse ignored -> sparse(images, first.grid(), parts, ready);
        };
    }

    private static List<Layer> full(Tiling.Full full, Grid grid, int frames, List<Part> parts, boolean ready) {
        int tiles = grid.tiles();
        int paths = full.opticalPaths().size();
        long planes = full.focalPlanes() > 0 ? full.focalPlanes() : frames / ((long) tiles * paths);
        if (planes < 1 || planes * paths > Tiling.MAX_LAYERS || planes * paths * tiles != frames) {
            throw Wrong.attribute(
                    Tag.NumberOfFrames,
                    "%d frames do not fill %d × %d tiles in %d focal planes and %d optical paths"
                            .formatted(frames, grid.across(), grid.down(), Math.max(1, planes), paths));
        }
        List<Layer> layers = new ArrayList<>();
        for (String path : full.opticalPaths()) {
            for (int plane = 0; plane < planes; plane++) {
                layers.add(new Layer(
                        path,
                        full.zOffset() + plane * full.zStep(),
                        parts,
                        ready,
                        TileMap.complete(grid.across(), grid.down(), layers.size() * tiles + 1)));
            }
        }
        return layers;
    }

    private static List<Layer> sparse(List<SlideImage> images, Grid grid, List<Part> parts, boolean ready) {
        List<Tiling.LayerName> names = images.stream()
                .flatMap(image -> ((Tiling.Sparse) image.tiling()).names().stream())
                .distinct()
                .toList();
        if (names.size() > Tiling.MAX_LAYERS) {
            throw Wrong.attribute(
                    Tag.PerFrameFunctionalGroupsSequence,
                    "more than " + Tiling.MAX_LAYERS + " focal planes and optical paths");
        }
        List<Layer> layers = new ArrayList<>();
        for (Tiling.LayerName name : names) {
            long[] all = images.stream()
                    .flatMapToLong(image -> Arrays.stream(placed(image, (Tiling.Sparse) image.tiling(), name)))
                    .sorted()
                    .toArray();
            for (int i = 1; i < all.length; i++) {
                if (TileMap.tile(all[i]) == TileMap.tile(all[i - 1])) {
                    throw Wrong.attribute(
                            Tag.PerFrameFunctionalGroupsSequence,
                            "frames %d and %d are at the same place".formatted((int) all[i - 1], (int) all[i]));
                }
            }
            layers.add(new Layer(
                    name.opticalPath(), name.zOffset(), parts, ready, TileMap.of(grid.across(), grid.down(), all)));
        }
        return layers;
    }

    /** Tiles and frames of one layer, as {@link TileMap#of} takes them. */
    private static long[] placed(SlideImage image, Tiling.Sparse sparse, Tiling.LayerName name) {
        int layer = sparse.names().indexOf(name);
        long[] placed = new long[image.frames()];
        int count = 0;
        for (int i = 0; i < image.frames(); i++) {
            if (sparse.layers()[i] == layer) {
                placed[count++] = (long) sparse.tiles()[i] << 32 | (image.frameOffset() + i + 1);
            }
        }
        return Arrays.copyOf(placed, count);
    }
}
