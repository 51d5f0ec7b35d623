package org.countyhub.imaging.peers;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a device may do. */
public enum Permission {
    /** Store instances, ask that they be kept (storage commitment), and tell of their availability. */
    STORE,
    /** Ask what there is. */
    QUERY,
    /** Have instances sent, to itself or to another device. */
    RETRIEVE,
    /** Ask for the worklist, and report procedure steps. */
    WORKLIST;

    /** As the file writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Permission> of(String word) {
        return Arrays.stream(values())
                .filter(permission -> permission.word().equals(word))
                .findFirst();
    }
}
