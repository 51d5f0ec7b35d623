@NullMarked
package org.countyhub.fhir.store;

import org.jspecify.annotations.NullMarked;
