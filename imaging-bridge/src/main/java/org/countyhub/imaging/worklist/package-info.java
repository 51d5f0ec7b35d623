/** What is scheduled on modalities and what they report of it (PS3.4 annexes F and K): rules and the ports of what keeps them. */
@NullMarked
package org.countyhub.imaging.worklist;

import org.jspecify.annotations.NullMarked;
