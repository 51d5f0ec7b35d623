package org.countyhub.fhir.disclosure;

import java.util.Set;
import org.countyhub.fhir.resource.ResourceKey;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the gateway in front of the server declares it. Nobody has proven it, and what is not said is not guessed.
 *
 * @param who a name, or a reference to a Practitioner, PractitionerRole or Device such as {@code Practitioner/1}; null when
 *     not said
 * @param organization the Organization for which it asks, whether the server knows it or not; null when not said
 */
public record Requester(@Nullable String who, @Nullable ResourceKey organization) {
    public static final Requester NOT_SAID = new Requester(null, null);

    private static final Set<String> TYPES = Set.of("Practitioner", "PractitionerRole", "Device");

    /** Somebody known by name only. */
    public static Requester named(String name) {
        return new Requester(name, null);
    }

    /** What {@link #who} refers to; null when it is a name or not said. */
    public @Nullable ResourceKey reference() {
        return who == null ? null : reference(who);
    }

    /** The practitioner or device that a text refers to; null when it is no such reference. */
    public static @Nullable ResourceKey reference(String text) {
        ResourceKey key = ResourceKey.ofReference(text);
        return key != null && TYPES.contains(key.type()) && key.toString().equals(text) ? key : null;
    }
}
