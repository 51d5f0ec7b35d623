/** The HTTP edge: FHIR R4 RESTful API (section 3.1.0). */
@NullMarked
package org.countyhub.fhir.http;

import org.jspecify.annotations.NullMarked;
