/** Who may send. */
@NullMarked
package org.countyhub.fhir.hl7v2.sender;

import org.jspecify.annotations.NullMarked;
