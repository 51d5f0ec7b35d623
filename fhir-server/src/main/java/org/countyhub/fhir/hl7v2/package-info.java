/** The edge for HL7 v2: a message comes in, becomes writes, and is acknowledged once they are committed. */
@NullMarked
package org.countyhub.fhir.hl7v2;

import org.jspecify.annotations.NullMarked;
