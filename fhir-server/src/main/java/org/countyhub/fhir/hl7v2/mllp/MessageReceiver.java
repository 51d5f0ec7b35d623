package org.countyhub.fhir.hl7v2.mllp;

import org.jspecify.annotations.Nullable;

/** Takes messages, from many connections at once. Never throws: whatever is wrong with a message is said in the answer. */
public interface MessageReceiver {
    /**
     * A message has come.
     *
     * @param message its bytes without the frame
     * @return the answer; null when the sender wants none
     */
    byte @Nullable [] receive(byte[] message);

    /**
     * A message has come that is larger than it may be.
     *
     * @param beginning as much of it as was kept
     */
    byte @Nullable [] tooLarge(byte[] beginning);
}
