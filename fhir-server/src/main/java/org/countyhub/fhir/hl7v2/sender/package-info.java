/** Who may send HL7 v2 messages, and what their codes mean. */
@NullMarked
package org.countyhub.fhir.hl7v2.sender;

import org.jspecify.annotations.NullMarked;
