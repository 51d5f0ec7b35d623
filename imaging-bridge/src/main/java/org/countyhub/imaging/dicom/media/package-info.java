/** File-sets on media (PS3.10 section 8, PS3.3 annex F). */
@NullMarked
package org.countyhub.imaging.dicom.media;

import org.jspecify.annotations.NullMarked;
