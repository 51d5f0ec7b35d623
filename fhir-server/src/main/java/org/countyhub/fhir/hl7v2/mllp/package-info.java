/** The Minimal Lower Layer Protocol of HL7 v2 (Transport Specification, MLLP release 1): frames of bytes on a TCP connection. */
@NullMarked
package org.countyhub.fhir.hl7v2.mllp;

import org.jspecify.annotations.NullMarked;
