package org.countyhub.imaging.dicom.net;

import java.time.Duration;

/**
 * What a listener bears.
 *
 * @param associations open at once
 * @param halfOpen connections at once that have not yet asked for an association; the oldest gives way to a new one
 * @param request from the connection to the end of the association request, TLS included
 * @param pdu from the first to the last byte of a PDU, received or sent
 * @param idle without a message, between two PDUs of a message, or until the answer to one of ours
 * @param pduBytes largest P-DATA-TF PDU received and sent
 * @param privateClasses whether SOP classes that are not the standard's are stored
 */
public record NetLimits(
        int associations,
        int halfOpen,
        Duration request,
        Duration pdu,
        Duration idle,
        int pduBytes,
        boolean privateClasses) {
    public static final NetLimits DEFAULT = new NetLimits(
            100, 256, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), 131_072, true);

    NetLimits withRequest(Duration request) {
        return new NetLimits(associations, halfOpen, request, pdu, idle, pduBytes, privateClasses);
    }
}
