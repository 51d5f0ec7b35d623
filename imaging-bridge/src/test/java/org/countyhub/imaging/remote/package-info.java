/** What is published in FHIR: mappings by themselves, and the rest against the packaged FHIR server. */
@NullMarked
package org.countyhub.imaging.remote;

import org.jspecify.annotations.NullMarked;
