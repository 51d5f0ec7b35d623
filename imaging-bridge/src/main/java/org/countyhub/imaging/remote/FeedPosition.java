package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a feed has been read. It is kept in the FHIR server, as a Basic resource, so that both come back together from a backup: a
 * position of its own would skip what is written after the server was set back. It is written once an hour at most; after a
 * restart up to an hour of changes is looked at again, which changes nothing.
 */
final class FeedPosition {
    private static final String EXTENSION = "https://countyhub.org/fhir/StructureDefinition/feed-position";
    private static final Duration WRITTEN_EVERY = Duration.ofHours(1);
    /** What is older when a feed is read for the first time was there before any study was published. */
    private static final Duration FIRST = Duration.ofHours(1);

    private final FhirClient client;
    private final Token identifier;
    private final Clock clock;
    private @Nullable Instant position;
    private @Nullable Instant written;

    FeedPosition(FhirClient client, String feed, Clock clock) {
        this.client = client;
        this.identifier = new Token(Systems.BRIDGE, "feed-" + feed);
        this.clock = clock;
    }

    /** The time of the newest change that has been dealt with. */
    Instant get() {
        Instant known = position;
        if (known == null) {
            known = stored();
            position = known;
            written = known;
        }
        return known;
    }

    private Instant stored() {
        List<JsonNode> kept = client.search("Basic", Map.of("identifier", identifier.search()));
        for (JsonNode extension :
                kept.isEmpty() ? List.<JsonNode>of() : kept.getFirst().path("extension")) {
            if (extension.path("url").asText().equals(EXTENSION)) {
                try {
                    return Instant.parse(extension.path("valueInstant").asText());
                } catch (DateTimeParseException e) {
                    break; // somebody else has written it
                }
            }
        }
        return clock.instant().minus(FIRST);
    }

    /** Notes that all up to that time has been dealt with. */
    void advance(Instant to) {
        Instant known = position;
        if (known == null || to.isAfter(known)) {
            position = to;
        }
        Instant last = written;
        if (last == null || last.plus(WRITTEN_EVERY).isBefore(to)) {
            write();
        }
    }

    /** Writes the position down, if there is one that has not been written yet. */
    void write() {
        Instant known = position;
        if (known == null || known.equals(written)) {
            return;
        }
        ObjectNode basic = JsonNodeFactory.instance.objectNode().put("resourceType", "Basic");
        basic.putArray("extension").addObject().put("url", EXTENSION).put("valueInstant", known.toString());
        basic.putArray("identifier")
                .addObject()
                .put("system", identifier.system())
                .put("value", identifier.value());
        basic.putObject("code").put("text", "Position in a feed of changes");
        client.update("Basic", basic, identifier).ok();
        written = known;
    }
}
