package org.countyhub.fhir.identity;

/**
 * An address.
 *
 * @param text the lines of the address in the order written, without state, city, district and postal code
 * @param city city, or county, or suburb
 * @param district township or street office; empty where not said
 * @param postalCode empty where not said
 */
public record PostalAddress(String text, String city, String district, String state, String postalCode) {}
