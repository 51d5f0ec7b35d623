/**
 * How a study goes on after its images are here: when it counts as complete, what is decided about it, where its bytes are kept as it
 * grows old, and how it is deleted.
 */
@NullMarked
package org.countyhub.imaging.study.lifecycle;

import org.jspecify.annotations.NullMarked;
