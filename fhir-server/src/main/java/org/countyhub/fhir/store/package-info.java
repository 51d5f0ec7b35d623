/** PostgreSQL behind the ports of the domain. */
@NullMarked
package org.countyhub.fhir.store;

import org.jspecify.annotations.NullMarked;
