package org.countyhub.imaging.study.lifecycle;

import java.time.Duration;
import org.countyhub.kernel.Settings;

/**
 * How long nothing must have come of a study.
 *
 * @param publish before the FHIR server is told of it: HUB_IMAGING_QUIET_SECONDS
 * @param complete before it counts as complete: HUB_IMAGING_COMPLETE_SECONDS
 */
public record QuietTimes(Duration publish, Duration complete) {
    public static QuietTimes configured(Settings settings) {
        return new QuietTimes(
                Duration.ofSeconds(settings.number("HUB_IMAGING_QUIET_SECONDS", 10, 0, 86_400)),
                Duration.ofSeconds(settings.number("HUB_IMAGING_COMPLETE_SECONDS", 300, 1, 86_400)));
    }
}
