/** The DIMSE edge (PS3.4): what is stored, found, sent, committed and scheduled over associations. */
@NullMarked
package org.countyhub.imaging.dimse;

import org.jspecify.annotations.NullMarked;
