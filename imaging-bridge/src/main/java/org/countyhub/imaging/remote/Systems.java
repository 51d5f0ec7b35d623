package org.countyhub.imaging.remote;

/** Code systems and identifier systems that stand in what is published. */
final class Systems {
    static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
    static final String LOINC = "http://loinc.org";
    static final String SNOMED = "http://snomed.info/sct";
    static final String URI = "urn:ietf:rfc:3986";
    static final String IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203";
    static final String CONNECTION_TYPE = "http://terminology.hl7.org/CodeSystem/endpoint-connection-type";
    static final String NAME_REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

    /** What the imaging bridge itself keeps in the FHIR server: its endpoint and the positions of its feeds. */
    static final String BRIDGE = "https://countyhub.org/sid/imaging-bridge";

    /** Unified social credit codes of organizations (GB 32100). */
    static final String ORGANIZATION_CODE = "urn:oid:2.16.156.10011.1.5";

    /** The code under which the medical insurance manages a person (人员管理码): 26 digits. */
    static final String INSURED_PERSON = "https://countyhub.org/sid/insurance-person-code";

    /** Entries of the medical insurance's index of images (医保影像云索引). */
    static final String CLOUD_INDEX = "https://countyhub.org/sid/insurance-image-index";

    /** Tags of what the FHIR server itself keeps. */
    static final String RECORD_KIND = "https://countyhub.org/fhir/CodeSystem/record-kind";

    private Systems() {}
}
