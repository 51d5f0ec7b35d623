/** Where studies are kept: the index in PostgreSQL, the bytes in files or an object store. */
@NullMarked
package org.countyhub.imaging.store;

import org.jspecify.annotations.NullMarked;
