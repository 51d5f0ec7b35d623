/** What is kept apart because its patient or place would have to be guessed, and how somebody decides about it. */
@NullMarked
package org.countyhub.imaging.quarantine;

import org.jspecify.annotations.NullMarked;
