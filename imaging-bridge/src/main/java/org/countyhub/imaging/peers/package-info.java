/** Who may send images and ask for them: hospitals, their devices and systems, as the file says that HUB_IMAGING_PEERS names. */
@NullMarked
package org.countyhub.imaging.peers;

import org.jspecify.annotations.NullMarked;
