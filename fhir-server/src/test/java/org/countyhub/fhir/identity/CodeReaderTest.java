package org.countyhub.fhir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.countyhub.fhir.identity.PersonCode.Standing;
import org.junit.jupiter.api.Test;

class CodeReaderTest {
    private static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";
    private static final String OUTPATIENT = "urn:oid:2.16.156.10011.1.11";
    private static final String ID = "11010020171225006X";

    @Test
    void aResidentIdWithTheRightCheckCharacterIsVerified() {
        assertThat(Patients.codes("{'system':'" + RESIDENT_ID + "','value':'１１０１００ 20171225006x'}"))
                .containsExactly(new PersonCode(RESIDENT_ID, ID, Standing.VERIFIED));
    }

    @Test
    void aWrongCheckCharacterIsRefutedAndSaid() {
        String patient = "'identifier':[{'value':'8'},{'system':'" + RESIDENT_ID + "','value':'110101197608056896'}]";

        assertThat(Patients.read(patient).codes().getLast())
                .isEqualTo(new PersonCode(RESIDENT_ID, "110101197608056896", Standing.REFUTED));
        assertThat(Patients.warnings(patient))
                .containsExactly(
                        "Patient.identifier[1].value: the check character of the resident ID is wrong (GB 11643);"
                                + " it is not compared");
        assertThat(Patients.warnings(patient))
                .allSatisfy(text -> assertThat(text).doesNotContain("110101197608056896"));
    }

    @Test
    void theOldFormIsComparedWithTheNewOne() {
        assertThat(Patients.codes("{'system':'" + RESIDENT_ID + "','value':'110101760805689'}"))
                .containsExactly(new PersonCode(RESIDENT_ID, "110101197608056897", Standing.UNCHECKED));
    }

    @Test
    void bothFormsOfOneIdAreOneVerifiedCode() {
        assertThat(Patients.codes("{'system':'" + RESIDENT_ID + "','value':'110101760805689'}," + "{'system':'"
                        + RESIDENT_ID + "','value':'110101197608056897'}"))
                .containsExactly(new PersonCode(RESIDENT_ID, "110101197608056897", Standing.VERIFIED));
    }

    @Test
    void aliasesAreComparedUnderTheAddressThatTheHubKnows() {
        assertThat(Patients.codes("{'system':'urn:oid:2.16.840.1.113883.2.23.1.19.1','value':'" + ID + "'}"))
                .containsExactly(new PersonCode(RESIDENT_ID, ID, Standing.VERIFIED));
        assertThat(Patients.codes("{'system':'" + Patients.ALIAS + "','value':'B81234567'}"))
                .containsExactly(new PersonCode(Patients.SOCIAL_SECURITY_CARD, "B81234567", Standing.VERIFIED));
    }

    @Test
    void hospitalNumbersBelongToTheirAssigner() {
        String number = "'system':'" + OUTPATIENT + "','value':'00000017'";

        assertThat(Patients.codes("{" + number + ",'assigner':{'reference':'Organization/a','display':'甲医院'}}," + "{"
                        + number + ",'assigner':{'reference':'Organization/b/_history/3'}}"))
                .containsExactly(
                        new PersonCode(OUTPATIENT + "|Organization/a", "00000017", Standing.LOCAL),
                        new PersonCode(OUTPATIENT + "|Organization/b", "00000017", Standing.LOCAL));
    }

    @Test
    void theAssignerIsNamedByReferenceElseByIdentifierElseByDisplay() {
        String number = "'system':'" + OUTPATIENT + "','value':'17'";

        assertThat(Patients.codes("{" + number + ",'assigner':{'identifier':"
                        + "{'system':'urn:oid:2.16.156.10011.1.5','value':'123502004266007916'},'display':'甲'}}"))
                .containsExactly(new PersonCode(
                        OUTPATIENT + "|urn:oid:2.16.156.10011.1.5|123502004266007916", "17", Standing.LOCAL));
        assertThat(Patients.codes("{" + number + ",'assigner':{'display':'甲 医院'}}"))
                .containsExactly(new PersonCode(OUTPATIENT + "|甲医院", "17", Standing.LOCAL));
    }

    @Test
    void withoutAnAssignerTheManagingOrganisationIs() {
        assertThat(Patients.read("'identifier':[{'system':'" + OUTPATIENT + "','value':'17'}],"
                                + "'managingOrganization':{'reference':'Organization/a'}")
                        .codes())
                .containsExactly(new PersonCode(OUTPATIENT + "|Organization/a", "17", Standing.LOCAL));
    }

    @Test
    void withoutAnyoneWhoAssignedThemHospitalNumbersAreNotCompared() {
        assertThat(Patients.codes("{'system':'" + OUTPATIENT + "','value':'17'},"
                        + "{'system':'" + OUTPATIENT + "','value':'18','assigner':{'reference':'#hospital'}},"
                        + "{'system':'" + OUTPATIENT + "','value':'19','assigner':{'reference':'urn:uuid:1'}}"))
                .extracting(PersonCode::standing)
                .containsOnly(Standing.REFUTED);
    }

    @Test
    void theTypeOfAnIdentifierSaysThatItIsTheHospitals() {
        String record = "{'system':'urn:his','value':'17',"
                + "'type':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v2-0203','code':'MR'}]}";

        assertThat(Patients.codes(record + ",'assigner':{'reference':'Organization/a'}}"))
                .containsExactly(new PersonCode("urn:his|Organization/a", "17", Standing.LOCAL));
        assertThat(Patients.codes(record + "}")).containsExactly(new PersonCode("urn:his", "17", Standing.REFUTED));
    }

    @Test
    void aKnownSystemCountsMoreThanTheType() {
        assertThat(Patients.codes("{'system':'" + RESIDENT_ID + "','value':'" + ID + "','type':{'coding':"
                        + "[{'system':'http://terminology.hl7.org/CodeSystem/v2-0203','code':'MR'}]}}"))
                .containsExactly(new PersonCode(RESIDENT_ID, ID, Standing.VERIFIED));
    }

    @Test
    void oldAndTemporaryIdentifiersAreNotCompared() {
        assertThat(Patients.codes("{'use':'old','system':'" + RESIDENT_ID + "','value':'" + ID + "'},"
                        + "{'use':'temp','system':'urn:x','value':'1'},"
                        + "{'system':'urn:x','value':'2','type':{'coding':"
                        + "[{'system':'http://terminology.hl7.org/CodeSystem/v2-0203','code':'MRT'}]}}"))
                .extracting(PersonCode::standing)
                .containsOnly(Standing.REFUTED);
    }

    @Test
    void anUnknownSystemIsUncheckedAndNoSystemIsNotCompared() {
        assertThat(Patients.codes("{'system':'urn:x','value':'ab 1'},{'value':'AB1'}"))
                .containsExactly(
                        new PersonCode("urn:x", "AB1", Standing.UNCHECKED),
                        new PersonCode("", "AB1", Standing.REFUTED));
    }

    @Test
    void aHouseholdRegisterIsNobodysProof() {
        String patient = "'identifier':[{'system':'https://countyhub.org/sid/household-register','value':'350583001'}]";

        assertThat(Patients.read(patient).codes())
                .extracting(PersonCode::standing)
                .containsExactly(Standing.REFUTED);
        assertThat(Patients.warnings(patient)).isEmpty();
    }

    @Test
    void anIdWithAnotherBirthDateOrSexThanThePatientIsEvidenceOnly() {
        String id = "'identifier':[{'system':'" + RESIDENT_ID + "','value':'" + ID + "'}]";

        assertThat(Patients.read(id + ",'birthDate':'2017-12-25','gender':'female'")
                        .codes())
                .extracting(PersonCode::standing)
                .containsExactly(Standing.VERIFIED);
        assertThat(Patients.read(id + ",'birthDate':'2017-12','gender':'unknown'")
                        .codes())
                .extracting(PersonCode::standing)
                .containsExactly(Standing.VERIFIED);
        assertThat(Patients.read(id + ",'birthDate':'2019-01-02'").codes())
                .extracting(PersonCode::standing)
                .containsExactly(Standing.UNCHECKED);
        assertThat(Patients.warnings(id + ",'birthDate':'2019-01-02','gender':'male'"))
                .containsExactly(
                        "Patient.identifier[0].value: the resident ID contains another birth date than"
                                + " Patient.birthDate; it proves nothing",
                        "Patient.identifier[0].value: the resident ID contains another sex than Patient.gender;"
                                + " it proves nothing");
    }

    @Test
    void twoResidentIdsInOnePatientProveNothing() {
        String patient = "'identifier':[{'system':'" + RESIDENT_ID + "','value':'" + ID + "'}," + "{'system':'"
                + RESIDENT_ID + "','value':'110101197608056897'}]";

        assertThat(Patients.read(patient).codes())
                .extracting(PersonCode::standing)
                .containsExactly(Standing.UNCHECKED, Standing.UNCHECKED);
        assertThat(Patients.warnings(patient)).hasSize(2);
        assertThat(Patients.codes("{'system':'" + RESIDENT_ID + "','value':'" + ID + "'}," + "{'use':'old','system':'"
                        + RESIDENT_ID + "','value':'110101197608056897'}"))
                .extracting(PersonCode::standing)
                .containsExactly(Standing.VERIFIED, Standing.REFUTED);
    }

    @Test
    void twoSocialSecurityCardsAreTwoCardsOfOnePerson() {
        assertThat(Patients.codes("{'system':'" + Patients.ALIAS + "','value':'B81234567'}," + "{'system':'"
                        + Patients.ALIAS + "','value':'B81234568'}"))
                .extracting(PersonCode::standing)
                .containsExactly(Standing.VERIFIED, Standing.VERIFIED);
    }

    @Test
    void aCodeThatSomeoneAsksForIsReadLikeOneInAPatient() {
        assertThat(Patients.CODES.read("urn:oid:2.16.840.1.113883.2.23.1.19.1", "110101760805689"))
                .isEqualTo(new PersonCode(RESIDENT_ID, "110101197608056897", Standing.UNCHECKED));
        assertThat(Patients.CODES.read(OUTPATIENT, "17").standing()).isEqualTo(Standing.REFUTED);
    }
}
