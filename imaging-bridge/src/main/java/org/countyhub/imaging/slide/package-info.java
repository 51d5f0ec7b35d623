/** Whole slide images (PS3.3 section A.32.8): from headers to levels, and from the tiles of a level to frames. */
@NullMarked
package org.countyhub.imaging.slide;

import org.jspecify.annotations.NullMarked;
