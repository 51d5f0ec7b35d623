package org.countyhub.imaging.film;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps links, sessions and views. Calls inside a transaction of {@link org.countyhub.kernel.Db} join it. */
public interface FilmStore {
    /** What opens a link. */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
    record Lock(byte[] secretDigest, @Nullable SecondFactor factor) {}

    /** A link with the session it was opened in. */
    record Open(FilmLink link, FilmSession session) {}

    void add(FilmLink link, Lock lock);

    Optional<FilmLink> link(String id);

    Optional<Lock> lock(String id);

    /**
     * Links, newest first, of one study or of all.
     *
     * @param before only those that come after the link of this id in that order
     */
    List<FilmLink> links(Optional<String> studyUid, Optional<String> before, int limit);

    /** Changes when it ends, whether originals may be taken, and unlocks it. */
    void change(String id, Instant expires, boolean originals, boolean unlock);

    void revoke(String id, FilmLink.Revocation revocation);

    /** Takes a link away for good with all that is known of it; for one that was never handed out. */
    void remove(String id);

    /** Counts a wrong second factor before it is looked at, so that many at once are not tried for one; false once the link is locked. */
    boolean countAttempt(String id);

    /** The last one was right. */
    void forgetAttempts(String id);

    void add(String link, FilmSession session);

    /** The session of that cookie and its link, both as they are now. */
    Optional<Open> open(byte[] sessionDigest);

    void end(byte[] sessionDigest);

    /** Ends a session and takes back what is noted of it; for those that nobody looked at anything in. */
    void forget(byte[] sessionDigest);

    /** Notes that something was looked at, once for each session and thing. */
    void add(String link, byte[] sessionDigest, FilmView view);

    /** What was looked at by a link, in order, after that id. */
    List<FilmView> views(String link, long afterId, int limit);

    /** Removes sessions that ended before then; at most so many, and how many they were. */
    int removeSessions(Instant endedBefore, int limit);

    /** Removes what was looked at before then, the oldest first; at most so many, and how many they were. */
    int removeViews(Instant before, int limit);

    /** Removes links that ended before then and of which no view is on record any more; at most so many, and how many they were. */
    int removeLinks(Instant endedBefore, int limit);
}
