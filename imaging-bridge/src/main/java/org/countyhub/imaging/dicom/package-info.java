/** What a DICOM object is: data sets, their elements, transfer syntaxes, character sets (PS3.5, PS3.6, PS3.10, PS3.18 annex F). The only room that knows the DICOM toolkit. */
@NullMarked
package org.countyhub.imaging.dicom;

import org.jspecify.annotations.NullMarked;
