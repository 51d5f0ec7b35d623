/** Names in the forms in which they can be compared: Chinese by character, sound and shape, others by letters. */
@NullMarked
package org.countyhub.fhir.identity.match.names;

import org.jspecify.annotations.NullMarked;
