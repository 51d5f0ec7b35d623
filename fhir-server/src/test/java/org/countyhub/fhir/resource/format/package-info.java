/** Tests of the forms in which resources come and go. */
@NullMarked
package org.countyhub.fhir.resource.format;

import org.jspecify.annotations.NullMarked;
