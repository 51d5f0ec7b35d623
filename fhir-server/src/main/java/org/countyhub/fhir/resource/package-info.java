/** Records and their versions: what is stored, and the port to where it is stored. */
@NullMarked
package org.countyhub.fhir.resource;

import org.jspecify.annotations.NullMarked;
