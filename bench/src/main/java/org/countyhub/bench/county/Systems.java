package org.countyhub.bench.county;

/** The identifier and code systems a hospital of the county names. Own systems live under {@link #OWN}. */
final class Systems {
    static final String OWN = "https://countyhub.org/";
    static final String OID = "urn:oid:";

    static final String SPECIMEN = OID + "2.16.156.10011.1.14";
    static final String REQUEST = OID + "2.16.156.10011.1.24";
    static final String EXAMINATION_REPORT = OID + "2.16.156.10011.1.32";
    static final String LABORATORY_REPORT = OID + "2.16.156.10011.1.33";
    static final String ORGANISATION = OID + "2.16.156.10011.1.5";
    static final String PRACTITIONER = OID + "2.16.156.10011.1.4";

    static final String LOINC = "http://loinc.org";
    static final String UCUM = "http://unitsofmeasure.org";
    static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    static final String ICD_O_3 = "http://terminology.hl7.org/CodeSystem/icd-o-3";
    static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    static final String DICOM_UID = "urn:dicom:uid";
    static final String IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203";
    static final String DIAGNOSTIC_SERVICE = "http://terminology.hl7.org/CodeSystem/v2-0074";
    static final String SPECIMEN_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0487";
    static final String OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    static final String INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    static final String ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
    static final String ABSENT_REASON = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

    static final String CARD_TYPE = OWN + "CodeSystem/card-type";
    static final String ORGANISATION_KIND = OWN + "CodeSystem/organization-kind";
    static final String TITLE = OWN + "CodeSystem/professional-title";
    static final String MARK = OWN + "CodeSystem/recognition-mark";
    static final String EQA = OWN + "CodeSystem/external-quality-assessment";

    private Systems() {}

    /** A hospital's own numbers of one kind: {@code patient}, {@code result}, {@code accession}. */
    static String ownedBy(Hospital hospital, String kind) {
        return OWN + "sid/" + hospital.id() + "/" + kind;
    }

    /** A hospital's own codes of one kind: {@code laboratory}, {@code imaging}. */
    static String localCodes(Hospital hospital, String kind) {
        return OWN + "CodeSystem/" + hospital.id() + "-" + kind;
    }
}
