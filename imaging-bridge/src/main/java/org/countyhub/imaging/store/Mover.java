package org.countyhub.imaging.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.countyhub.imaging.study.lifecycle.RemovalStore;
import org.countyhub.imaging.study.lifecycle.RemovalStore.Aged;
import org.countyhub.imaging.study.lifecycle.RetentionPolicy;
import org.countyhub.imaging.study.lifecycle.StudyState;
import org.countyhub.imaging.study.lifecycle.Tier;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the bytes of studies that grow old to where the policy wants them: copy, read the copy back, refer to it, and only some time
 * after that remove what was copied. A copy is due to be removed until it is referred to, so that a crash leaves at most bytes that go later.
 */
public final class Mover {
    private static final Logger LOG = LoggerFactory.getLogger(Mover.class);
    private static final int STUDIES = 200;
    private static final int BLOBS = 64;
    /** Whoever has asked for the old key before it was replaced has begun to read it by then. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    /** Longer than any copy takes. */
    private static final Duration UNUSED = Duration.ofDays(1);

    private final Tiers tiers;
    private final RetentionPolicy policy;
    private final RemovalStore studies;
    private final PgBlobMoves moves;
    private final BlobCopier copier;
    private final Duration pause;

    /**
     * How much was done.
     *
     * @param damaged blobs that are not what was received and stay where they are
     */
    public record Moved(int blobs, long bytes, int damaged) {
        Moved plus(Moved other) {
            return new Moved(blobs + other.blobs, bytes + other.bytes, damaged + other.damaged);
        }
    }

    /**
     * A mover.
     *
     * @param pause after each 64 blobs, so that who reads and writes meanwhile is not held up
     */
    public Mover(Db db, Tiers tiers, RetentionPolicy policy, RemovalStore studies, Duration pause) {
        for (Tier tier : Tier.values()) {
            if (policy.uses(tier) && tier != Tier.DISK && !tiers.has(tier)) {
                throw new IllegalArgumentException(
                        "HUB_IMAGING_POLICY moves studies to " + tier + ", which is not configured");
            }
        }
        this.tiers = tiers;
        this.policy = policy;
        this.studies = studies;
        this.moves = new PgBlobMoves(db);
        this.copier = new BlobCopier(tiers);
        this.pause = pause;
    }

    /** Moves what is old enough by now. */
    public Moved run(Instant now) throws IOException, InterruptedException {
        Moved all = new Moved(0, 0, 0);
        OptionalInt days = policy.fewestDays();
        if (days.isEmpty()) {
            return all;
        }
        Instant before = now.minus(Duration.ofDays(days.getAsInt()));
        long after = 0;
        List<Aged> page;
        do {
            page = studies.aged(before, after, STUDIES);
            for (Aged study : page) {
                after = study.id();
                Optional<RetentionPolicy.Rule> rule = policy.rule(study.source(), study.modalities());
                Tier wanted = rule.isEmpty() ? Tier.DISK : rule.get().tier(study.lastReceived(), now);
                if (study.state() != StudyState.RECEIVING && wanted.compareTo(study.tier()) > 0) {
                    all = all.plus(move(study, wanted, now));
                }
            }
        } while (page.size() == STUDIES);
        return all;
    }

    private Moved move(Aged study, Tier tier, Instant now) throws IOException, InterruptedException {
        Moved all = new Moved(0, 0, 0);
        String after = "";
        List<PgBlobMoves.Movable> some;
        do {
            some = moves.below(study.id(), tier, after, BLOBS);
            if (!some.isEmpty()) {
                after = some.getLast().sopInstanceUid();
                all = all.plus(move(some, tier, now));
                Thread.sleep(pause);
            }
        } while (some.size() == BLOBS);
        if (all.damaged() == 0) {
            moves.arrived(study.id(), study.version(), tier);
        }
        return all;
    }

    private Moved move(List<PgBlobMoves.Movable> blobs, Tier tier, Instant now) throws IOException {
        if (!tiers.hasRoomFor(
                tier, blobs.stream().mapToLong(PgBlobMoves.Movable::size).sum())) {
            throw Problem.busy("too little space is left in " + tier, 60);
        }
        Set<String> unused = new HashSet<>();
        boolean unsure = false;
        try {
            List<PgBlobMoves.Copied> copies = copied(blobs, tier, now, unused);
            unsure = true;
            List<String> used = moves.replace(copies, now.plus(GRACE));
            unsure = false;
            used.forEach(unused::remove);
            long bytes = copies.stream()
                    .filter(copy -> used.contains(copy.to()))
                    .mapToLong(copy -> copy.from().size())
                    .sum();
            return new Moved(used.size(), bytes, blobs.size() - copies.size());
        } finally {
            // Where the connection broke in the commit they may be in use. They are announced: if not, they are removed
            // when that is due.
            if (!unsure) {
                unused.forEach(this::discard);
            }
        }
    }

    private void discard(String copy) {
        try {
            tiers.delete(copy);
        } catch (IOException e) {
            LOG.warn("the copy {}, which is of no use, is removed tomorrow", copy, e);
        }
    }

    /** Copies that are as good as what was copied; all that were made are noted as not in use. */
    private List<PgBlobMoves.Copied> copied(List<PgBlobMoves.Movable> blobs, Tier tier, Instant now, Set<String> unused)
            throws IOException {
        List<PgBlobMoves.Copied> made = new ArrayList<>();
        for (PgBlobMoves.Movable blob : blobs) {
            try {
                String key = copier.copy(blob, tier);
                unused.add(key);
                moves.announce(key, now.plus(UNUSED));
                made.add(new PgBlobMoves.Copied(blob, key));
            } catch (BlobCopier.Damaged e) {
                LOG.error("{}; it stays where it is, and should be asked of its sender again", e.getMessage());
            }
        }
        tiers.settle(unused);
        for (PgBlobMoves.Copied copy : made) {
            copier.verify(copy.from(), copy.to());
        }
        return made;
    }
}
