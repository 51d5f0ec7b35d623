package org.countyhub.imaging.slide;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slide at one resolution.
 *
 * @param spacing null where it is not known
 * @param layers at least one; first by optical path as the images have them, then by focus
 */
public record Level(Grid grid, SlideImage.@Nullable Spacing spacing, List<Layer> layers) {}
