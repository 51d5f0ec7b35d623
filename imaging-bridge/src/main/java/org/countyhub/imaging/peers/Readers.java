package org.countyhub.imaging.peers;

import java.util.List;
import java.util.Set;

/**
 * Who may look at images over HTTP: those whom a gateway names, and the county's record knows as having a role that may.
 *
 * @param gateways from where it is believed who asks
 * @param roles codes of PractitionerRole.code that may look, each as {@code [system]|[code]}
 * @param careDays for so many days after its own examination of a patient a hospital sees those of other hospitals, 0 or more
 * @param county hospitals that read for the whole county, each as {@code Organization/[id]}
 */
public record Readers(List<AddressRange> gateways, Set<String> roles, int careDays, Set<String> county) {
    /** R4, code system practitioner-role: a doctor. */
    public static final String DOCTOR = "http://terminology.hl7.org/CodeSystem/practitioner-role|doctor";

    public Readers {
        gateways = List.copyOf(gateways);
        roles = Set.copyOf(roles);
        county = Set.copyOf(county);
    }
}
