/** Search over records; the port to the index. */
@NullMarked
package org.countyhub.fhir.search;

import org.jspecify.annotations.NullMarked;
