/** The application and its database, killed while clients write. */
@NullMarked
package org.countyhub.fhir.kill;

import org.jspecify.annotations.NullMarked;
