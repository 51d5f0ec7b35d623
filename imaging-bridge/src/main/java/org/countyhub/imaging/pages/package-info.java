/** The files of the pages that browsers show: the viewer, and OHIF. They say nothing of anybody. */
@NullMarked
package org.countyhub.imaging.pages;

import org.jspecify.annotations.NullMarked;
