/** The edge by which people decide about what is kept apart. */
@NullMarked
package org.countyhub.imaging.steward;

import org.jspecify.annotations.NullMarked;
