/** HL7 v2 through a real socket, on a real database. */
@NullMarked
package org.countyhub.fhir.hl7v2;

import org.jspecify.annotations.NullMarked;
