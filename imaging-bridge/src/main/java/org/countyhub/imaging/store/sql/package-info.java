/** From a query to its one statement; no I/O. */
@NullMarked
package org.countyhub.imaging.store.sql;

import org.jspecify.annotations.NullMarked;
