/**
 * Pictures of frames, as a browser can show them (PS3.3 section C.11, PS3.18 section 8.3.5), and structured reports as pages and text.
 * Pure: from decoded samples and their data set to bytes.
 */
@NullMarked
package org.countyhub.imaging.render;

import org.jspecify.annotations.NullMarked;
