/** Links between the patients of the hospitals and the county's persons: made on write, explained, undone. */
@NullMarked
package org.countyhub.fhir.identity.link;

import org.jspecify.annotations.NullMarked;
