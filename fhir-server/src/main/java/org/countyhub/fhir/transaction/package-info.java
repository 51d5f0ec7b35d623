/** Planning of writes: resolve, order, lock, apply. No HTTP and no SQL. */
@NullMarked
package org.countyhub.fhir.transaction;

import org.jspecify.annotations.NullMarked;
