/** The upper layer and the message exchange of DICOM (PS3.7, PS3.8) in the hub's own words: the toolkit's associations, with bounds in front of them. */
@NullMarked
package org.countyhub.imaging.dicom.net;

import org.jspecify.annotations.NullMarked;
