/** Many clients at once, through HTTP, on a real PostgreSQL. */
@NullMarked
package org.countyhub.fhir.race;

import org.jspecify.annotations.NullMarked;
