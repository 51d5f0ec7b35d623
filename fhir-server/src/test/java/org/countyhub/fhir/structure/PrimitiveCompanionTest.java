package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.structure.Structures.accepted;
import static org.countyhub.fhir.structure.Structures.faults;
import static org.countyhub.fhir.structure.Structures.patient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4 section 2.6.2.3: {@code _name} holds id and extensions of the primitive element {@code name}. */
class PrimitiveCompanionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'birthDate':'1970-01-01','_birthDate':{'id':'a'}",
                "'_birthDate':{'extension':[{'url':'http://e','valueDateTime':'1970-01-01T12:00:00Z'}]}",
                "'name':[{'given':['a','b'],'_given':[null,{'id':'b'}]}]",
                "'name':[{'given':['a',null],'_given':[null,{'extension':[{'url':'http://e','valueCode':'x'}]}]}]",
                "'name':[{'_given':[{'id':'b'}]}]",
            })
    void isAccepted(String properties) {
        accepted(patient(properties.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'_birthDate':'a'; structure at Patient._birthDate",
                "'_birthDate':null; structure at Patient._birthDate",
                "'_birthDate':{}; structure at Patient._birthDate",
                "'_birthDate':[{'id':'a'}]; structure at Patient._birthDate",
                "'_birthDate':{'value':'a'}; structure at Patient._birthDate.value",
                "'_birthDate':{'extension':[{'valueCode':'x'}]}; required at Patient._birthDate.extension[0].url",
                "'_name':[{'id':'a'}]; structure at Patient._name",
                "'_foo':{'id':'a'}; structure at Patient._foo",
                "'name':[{'id':'a','_id':{'id':'b'}}]; structure at Patient.name[0]._id",
                "'extension':[{'url':'http://e','_url':{'id':'b'}}]; structure at Patient.extension[0]._url",
                "'_':{'id':'a'}; structure at Patient._",
                "'name':[{'_given':{'id':'a'}}]; structure at Patient.name[0]._given",
                "'name':[{'_given':[]}]; structure at Patient.name[0]._given",
                "'name':[{'_given':[null]}]; structure at Patient.name[0]._given[0]",
                "'name':[{'given':['a','b'],'_given':[{'id':'a'}]}]; structure at Patient.name[0]._given",
                "'name':[{'given':['a'],'_given':[null,{'id':'a'}]}]; structure at Patient.name[0]._given",
                "'text':{'status':'empty','div':'<div/>','_div':{'id':'a'}}; structure at Patient.text._div",
            })
    void isRefused(String properties, String fault) {
        assertThat(faults(patient(properties.replace('\'', '"')))).containsExactly(fault);
    }

    @Test
    void nullBesideNullIsRefused() {
        assertThat(faults(patient("\"name\":[{\"given\":[null],\"_given\":[null]}]")))
                .containsExactly("structure at Patient.name[0].given[0]");
    }
}
