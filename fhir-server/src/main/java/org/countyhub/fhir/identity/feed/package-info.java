/** Feeds by which sources tell of their patients in messages (IHE ITI-93), carried out as transactions. */
@NullMarked
package org.countyhub.fhir.identity.feed;

import org.jspecify.annotations.NullMarked;
