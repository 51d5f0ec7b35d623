package org.countyhub.imaging.access;

/**
 * Somebody who looks at images, as a gateway says it.
 *
 * @param requester {@code Practitioner/[id]} or {@code PractitionerRole/[id]} of the FHIR server
 * @param organization {@code Organization/[id]} of the hospital for which that is
 */
public record Reader(String requester, String organization) {}
