/** The FHIR server; see ARCHITECTURE.md for its rooms. */
@NullMarked
package org.countyhub.fhir;

import org.jspecify.annotations.NullMarked;
