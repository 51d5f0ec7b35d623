/** Patient administration (HL7 v2.5.1 chapter 3): from PID, NK1 and MRG to Patients, and their writes. */
@NullMarked
package org.countyhub.fhir.hl7v2.adt;

import org.jspecify.annotations.NullMarked;
