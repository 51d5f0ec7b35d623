/** Loads files of newline-delimited JSON into a running hub. */
@NullMarked
package org.countyhub.bench.bulk;

import org.jspecify.annotations.NullMarked;
