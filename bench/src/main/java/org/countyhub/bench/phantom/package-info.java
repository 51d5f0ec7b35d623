/** Bodies that are computed, so that images of them look like something. */
@NullMarked
package org.countyhub.bench.phantom;

import org.jspecify.annotations.NullMarked;
