package org.countyhub.fhir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemographicsCodecTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'name':[{'family':'王','given':['小明']},{'text':'阿依古丽·买买提'}],'gender':'female','birthDate':'1949-12-31'",
                "'birthDate':'1899-01-01','telecom':[{'system':'phone','value':'0595-86380000'},{'value':'13812345678'}]",
                "'address':[{'line':['林坑村12号'],'city':'泉州市','district':'南安市','state':'福建省','postalCode':'362300'}]",
                "'name':[{'text':'李四之子'}],'multipleBirthInteger':2,'contact':[{'relationship':[{'coding':[{'code':'MTH'}]}],'name':{'text':'李四'}}]",
                "'identifier':[{'system':'urn:oid:2.16.156.10011.1.3','value':'11010519491231002X'},"
                        + "{'system':'urn:oid:2.16.156.10011.1.11','value':'00000017','assigner':{'reference':'Organization/a'}},"
                        + "{'system':'https://example.org/other','value':'b-77','use':'old'}]"
            })
    void whatIsKeptIsWhatWasRead(String properties) {
        Demographics said = Patients.read(properties);
        assertThat(DemographicsCodec.decode(DemographicsCodec.encode(said))).isEqualTo(said);
    }

    @Test
    void whatIsVeryLongIsNotKeptTwice() {
        String name = "'name':[{'family':'王','given':['" + "明".repeat(30_000) + "']}]";
        assertThat(DemographicsCodec.encode(Patients.read(name))).isNull();
    }

    @Test
    void whatAnotherVersionKeptIsNotRead() {
        byte[] bytes = Objects.requireNonNull(DemographicsCodec.encode(Patients.read("'gender':'male'")));
        byte[] other = Arrays.copyOf(bytes, bytes.length);
        other[0]++;
        assertThat(DemographicsCodec.decode(other)).isNull();
        assertThat(DemographicsCodec.decode(null)).isNull();
    }

    @Test
    void aCodeWhoseSystemIsCalledOtherwiseNowIsReadAgain() {
        Demographics now = Patients.read("'identifier':[{'system':'" + Patients.ALIAS + "','value':'b-77'}]");
        Demographics before = new Demographics(
                now.names(),
                now.birthDate(),
                now.sex(),
                now.phones(),
                now.addresses(),
                now.guardians(),
                List.of(new PersonCode(Patients.ALIAS, "B-77", PersonCode.Standing.UNCHECKED)),
                false,
                false,
                0,
                null);
        assertThat(Patients.READER.isCurrent(now)).isTrue();
        assertThat(Patients.READER.isCurrent(before)).isFalse();
    }
}
