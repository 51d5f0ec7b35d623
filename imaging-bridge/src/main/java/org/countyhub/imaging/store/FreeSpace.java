package org.countyhub.imaging.store;

import java.nio.file.Path;
import java.time.Clock;

/** How much a file system still takes; asked at most twice a second, because every instance asks. */
final class FreeSpace {
    private static final long MILLIS = 500;

    private final Path directory;
    private final long watermarkBytes;
    private final Clock clock;
    private volatile Space space = new Space(0, 0);

    private record Space(long usable, long millis) {}

    /**
     * The space of a directory.
     *
     * @param watermarkBytes free space that is not used
     */
    FreeSpace(Path directory, long watermarkBytes, Clock clock) {
        this.directory = directory;
        this.watermarkBytes = watermarkBytes;
        this.clock = clock;
    }

    boolean hasRoomFor(long bytes) {
        long now = clock.millis();
        Space last = space;
        if (now - last.millis() > MILLIS || now < last.millis()) {
            last = new Space(directory.toFile().getUsableSpace(), now);
            space = last;
        }
        return last.usable() - bytes > watermarkBytes;
    }
}
