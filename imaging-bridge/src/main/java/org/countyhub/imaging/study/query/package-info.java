/** Questions to the index, from C-FIND and QIDO-RS alike (PS3.4 annex C.2.2.2, PS3.18 section 10.6), as values. */
@NullMarked
package org.countyhub.imaging.study.query;

import org.jspecify.annotations.NullMarked;
