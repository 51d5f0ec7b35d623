package org.countyhub.imaging.study.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where studies are kept as they grow old, and for how long: the first rule that fits a study. Without a rule it stays where it is, for ever. */
public record RetentionPolicy(List<Rule> rules) {
    /** All stays where it came in. */
    public static final RetentionPolicy KEEP = new RetentionPolicy(List.of());

    public RetentionPolicy {
        rules = List.copyOf(rules);
    }

    /**
     * What becomes of some studies. Age is counted from the last instance that was received.
     *
     * @param source the id of a hospital; null for any
     * @param modality that one of the series must have; null for any
     * @param objectStoreAfterDays null for never
     * @param archiveAfterDays null for never
     * @param deleteAfterYears null for never
     */
    public record Rule(
            @Nullable String source,
            @Nullable String modality,
            @Nullable Integer objectStoreAfterDays,
            @Nullable Integer archiveAfterDays,
            @Nullable Integer deleteAfterYears) {
        boolean fits(String studySource, Collection<String> modalities) {
            return (source == null || source.equals(studySource))
                    && (modality == null || modalities.contains(modality));
        }

        /** Where the bytes of a study should be by now. */
        public Tier tier(Instant lastReceived, Instant now) {
            if (isOver(archiveAfterDays, lastReceived, now)) {
                return Tier.ARCHIVE;
            }
            return isOver(objectStoreAfterDays, lastReceived, now) ? Tier.OBJECT_STORE : Tier.DISK;
        }

        private static boolean isOver(@Nullable Integer days, Instant lastReceived, Instant now) {
            return days != null && !lastReceived.plus(Duration.ofDays(days)).isAfter(now);
        }

        /** Whether the study need not be kept any longer. */
        public boolean isExpired(Instant lastReceived, Instant now) {
            return deleteAfterYears != null
                    && !lastReceived
                            .atZone(ZoneOffset.UTC)
                            .plusYears(deleteAfterYears)
                            .toInstant()
                            .isAfter(now);
        }

        private IntStream moveDays() {
            return IntStream.concat(stream(objectStoreAfterDays), stream(archiveAfterDays));
        }

        private static IntStream stream(@Nullable Integer number) {
            return number == null ? IntStream.empty() : IntStream.of(number);
        }
    }

    /** The rule for a study. */
    public Optional<Rule> rule(String source, Collection<String> modalities) {
        return rules.stream().filter(rule -> rule.fits(source, modalities)).findFirst();
    }

    /** The fewest days after which any study moves; empty where none ever does. */
    public OptionalInt fewestDays() {
        return rules.stream().flatMapToInt(Rule::moveDays).min();
    }

    /** The fewest years after which any study is deleted; empty where none ever is. */
    public OptionalInt fewestYears() {
        return rules.stream()
                .flatMapToInt(rule -> Rule.stream(rule.deleteAfterYears()))
                .min();
    }

    /** Whether any study is ever to be in that tier for its age. */
    public boolean uses(Tier tier) {
        return switch (tier) {
            case DISK -> true;
            case OBJECT_STORE -> rules.stream().anyMatch(rule -> rule.objectStoreAfterDays() != null);
            case ARCHIVE -> rules.stream().anyMatch(rule -> rule.archiveAfterDays() != null);
        };
    }
}
