/** Load scenarios over HTTP and the floors they stand beside. */
@NullMarked
package org.countyhub.bench.load;

import org.jspecify.annotations.NullMarked;
