/**
 * Learns the model of matching from the county's own patients while the server runs, keeps it, and has what an earlier model
 * decided looked at again.
 */
@NullMarked
package org.countyhub.fhir.identity.estimate;

import org.jspecify.annotations.NullMarked;
