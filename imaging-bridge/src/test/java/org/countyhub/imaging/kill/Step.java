package org.countyhub.imaging.kill;

/** The steps by which an instance is taken in, in their order; the bridge of {@link HaltingBridge} ends at one. */
enum Step {
    /** Some of its bytes are in the file. */
    WRITING,
    /** All of them are, but they may be in the memory of the machine only. */
    WRITTEN,
    /** The file is on the disk, but its name in the directory may not be. */
    SEALED,
    /** The file is there whatever happens. */
    SETTLED,
    /** The index has been written to, and that is not committed. */
    INDEXED,
    /** It is committed, and the sender has not been told. */
    COMMITTED
}
