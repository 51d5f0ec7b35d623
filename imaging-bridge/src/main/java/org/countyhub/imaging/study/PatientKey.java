package org.countyhub.imaging.study;

/**
 * Whose a study is: a PatientID is unique within its issuer only.
 *
 * @param system the issuer as the FHIR server knows it, the identifier system of that hospital's patients
 * @param id PatientID (0010,0020) as sent, without spaces around it; never empty
 */
public record PatientKey(String system, String id) {}
