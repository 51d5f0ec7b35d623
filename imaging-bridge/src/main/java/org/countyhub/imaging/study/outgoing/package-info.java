/** Instances on their way out: from their bytes, as they are kept, to what whoever asks can read, saying whose they are. */
@NullMarked
package org.countyhub.imaging.study.outgoing;

import org.jspecify.annotations.NullMarked;
