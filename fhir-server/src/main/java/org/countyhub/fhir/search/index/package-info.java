/**
 * What a resource contributes to search: R4's search parameters, compiled once into paths over JSON trees, and the
 * values they find there. No I/O, no clock, no log.
 */
@NullMarked
package org.countyhub.fhir.search.index;

import org.jspecify.annotations.NullMarked;
