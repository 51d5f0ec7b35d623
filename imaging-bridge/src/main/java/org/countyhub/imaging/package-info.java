/** The imaging bridge: DICOM in and out, over DIMSE and HTTP; listed in FHIR. */
@NullMarked
package org.countyhub.imaging;

import org.jspecify.annotations.NullMarked;
