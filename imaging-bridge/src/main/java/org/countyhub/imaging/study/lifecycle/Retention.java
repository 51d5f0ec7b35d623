package org.countyhub.imaging.study.lifecycle;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.countyhub.imaging.study.lifecycle.RemovalStore.Aged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes studies whose years are over, where a rule of the policy says so in words. */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int PAGE = 200;

    private final RetentionPolicy policy;
    private final RemovalStore store;
    private final StudyRemoval removal;

    public Retention(RetentionPolicy policy, RemovalStore store, StudyRemoval removal) {
        this.policy = policy;
        this.store = store;
        this.removal = removal;
    }

    /** Deletes what is over by now; gives how many studies that were. */
    public int run(Instant now) {
        OptionalInt years = policy.fewestYears();
        if (years.isEmpty()) {
            return 0;
        }
        Instant before = now.atZone(ZoneOffset.UTC).minusYears(years.getAsInt()).toInstant();
        int deleted = 0;
        long after = 0;
        List<Aged> page;
        do {
            page = store.aged(before, after, PAGE);
            for (Aged study : page) {
                after = study.id();
                Optional<RetentionPolicy.Rule> rule = policy.rule(study.source(), study.modalities());
                if (rule.isPresent()
                        && rule.get().isExpired(study.lastReceived(), now)
                        && removal.expire(study, "kept for " + rule.get().deleteAfterYears() + " years")) {
                    LOG.info("deleted study {}, whose years are over", study.studyUid());
                    deleted++;
                }
            }
        } while (page.size() == PAGE);
        return deleted;
    }
}
