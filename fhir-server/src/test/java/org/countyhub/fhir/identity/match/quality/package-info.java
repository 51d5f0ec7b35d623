/**
 * How well records are matched, on labelled sets: FEBRL's, and two that are made up here. {@code MatchQuality} prints it; a small
 * run of each is a test.
 */
@NullMarked
package org.countyhub.fhir.identity.match.quality;

import org.jspecify.annotations.NullMarked;
