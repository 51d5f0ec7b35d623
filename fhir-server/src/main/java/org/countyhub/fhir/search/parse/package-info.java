/** From the text of a search to its model; pure. */
@NullMarked
package org.countyhub.fhir.search.parse;

import org.jspecify.annotations.NullMarked;
