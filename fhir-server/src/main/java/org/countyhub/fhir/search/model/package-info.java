/** What a search asks for, after parsing and before SQL. */
@NullMarked
package org.countyhub.fhir.search.model;

import org.jspecify.annotations.NullMarked;
