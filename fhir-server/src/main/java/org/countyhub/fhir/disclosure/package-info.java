/** Who was answered about whom through the county's persons, and who has to be told when a person was wrongly joined. */
@NullMarked
package org.countyhub.fhir.disclosure;

import org.jspecify.annotations.NullMarked;
