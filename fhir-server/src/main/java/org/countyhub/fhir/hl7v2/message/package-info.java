/** An HL7 v2 message as it is read, what is wrong with it, and the acknowledgement of it. */
@NullMarked
package org.countyhub.fhir.hl7v2.message;

import org.jspecify.annotations.NullMarked;
