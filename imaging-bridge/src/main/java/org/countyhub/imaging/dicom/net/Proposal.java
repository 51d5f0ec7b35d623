package org.countyhub.imaging.dicom.net;

import java.util.List;

/**
 * A presentation context that the hub proposes.
 *
 * @param asProvider whether the hub proposes to be the provider of the class (PS3.7 annex D.3.3.4), as for events about it
 */
public record Proposal(String sopClassUid, List<String> transferSyntaxes, boolean asProvider) {
    public Proposal {
        transferSyntaxes = List.copyOf(transferSyntaxes);
    }
}
