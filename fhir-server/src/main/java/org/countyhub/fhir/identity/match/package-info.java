/**
 * Whether two records are of one person: comparison field by field, weights by Fellegi and Sunter (1969) with frequencies by
 * Winkler, estimation by expectation maximisation, what forbids a link, and the keys under which candidates are found. Pure.
 */
@NullMarked
package org.countyhub.fhir.identity.match;

import org.jspecify.annotations.NullMarked;
