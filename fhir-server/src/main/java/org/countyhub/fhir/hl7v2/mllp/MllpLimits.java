package org.countyhub.fhir.hl7v2.mllp;

/**
 * What one sender, and all together, may take.
 *
 * @param maxConnections connections at a time; one more is closed at once
 * @param maxMessageBytes the largest message; of a larger one only the beginning is kept
 * @param idleMillis how long a connection may be silent between messages
 * @param messageMillis how long a message may take from its first byte to its last
 * @param stopMillis how long the server waits for messages in work when it stops
 */
public record MllpLimits(int maxConnections, int maxMessageBytes, int idleMillis, int messageMillis, int stopMillis) {
    /** An ADT message has a few KB; interface engines keep a connection or two for each hospital. */
    public static final MllpLimits DEFAULT = new MllpLimits(64, 256 * 1024, 600_000, 30_000, 10_000);
}
