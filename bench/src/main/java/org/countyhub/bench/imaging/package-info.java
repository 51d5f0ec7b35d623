/** What the imaging bridge is measured with: made-up studies, the ways in and out, and the floors beside them. */
@NullMarked
package org.countyhub.bench.imaging;

import org.jspecify.annotations.NullMarked;
