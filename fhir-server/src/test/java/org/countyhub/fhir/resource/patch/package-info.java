/** Tests of both patch formats, against the published suites and against the specification's wording. */
@NullMarked
package org.countyhub.fhir.resource.patch;

import org.jspecify.annotations.NullMarked;
