/** Cloud film: links that show one study to whoever has their secret. */
@NullMarked
package org.countyhub.imaging.film;

import org.jspecify.annotations.NullMarked;
