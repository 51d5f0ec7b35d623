/** One small compiler from search model to SQL for each search type; pure. */
@NullMarked
package org.countyhub.fhir.store.sql;

import org.jspecify.annotations.NullMarked;
