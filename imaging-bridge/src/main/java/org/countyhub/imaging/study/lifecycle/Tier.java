package org.countyhub.imaging.study.lifecycle;

/** Where bytes are kept, in the order in which they move as they grow old. */
public enum Tier {
    /** Files of this machine. */
    DISK,
    /** An object store near it. */
    OBJECT_STORE,
    /** A mounted directory or a bucket of a cheaper class. */
    ARCHIVE
}
