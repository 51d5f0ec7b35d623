/** The identifier systems of the county: canonical addresses and their aliases. */
@NullMarked
package org.countyhub.fhir.naming;

import org.jspecify.annotations.NullMarked;
