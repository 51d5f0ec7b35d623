package org.countyhub.fhir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhoneNumbersTest {
    @Test
    void mobilesAreElevenDigitsHoweverTheyAreTyped() {
        for (String typed : List.of(
                "13912345670",
                "+8613912345670",
                "+86 139-1234-5670",
                "0086 13912345670",
                "8613912345670",
                "１３９１２３４５６７０",
                "(+86)13912345670",
                "139 1234 5670")) {
            assertThat(PhoneNumbers.one(typed)).as(typed).contains("13912345670");
        }
    }

    @Test
    void landlinesKeepTheirAreaCode() {
        assertThat(PhoneNumbers.one("0595-86381234")).contains("059586381234");
        assertThat(PhoneNumbers.one("+86 595 8638 1234")).contains("059586381234");
        assertThat(PhoneNumbers.one("+86-10-65891234")).contains("01065891234");
        assertThat(PhoneNumbers.one("0595-86381234转801")).contains("059586381234");
        assertThat(PhoneNumbers.one("86381234")).contains("86381234");
    }

    @Test
    void numbersOfOtherCountriesKeepTheirCountryCode() {
        assertThat(PhoneNumbers.one("+1 (212) 555-0187")).contains("12125550187");
    }

    @Test
    void whatOnlyFillsTheFieldIsLeftOut() {
        for (String typed : List.of(
                "",
                "无",
                "110",
                "123456",
                "1234567",
                "12345678901",
                "987654321",
                "11111111111",
                "00000000000",
                "13800000000",
                "13888888888",
                "0595-00000000",
                "1234567890123456")) {
            assertThat(PhoneNumbers.one(typed)).as(typed).isEmpty();
        }
    }

    @Test
    void eachNumberOfAPatientStandsOnce() {
        assertThat(Patients.read("'telecom':[{'system':'phone','value':'13912345670/0595-86381234'},"
                                + "{'system':'sms','value':'+8613912345670'},{'value':'13912345671'},"
                                + "{'system':'email','value':'13912345672@example.org'},"
                                + "{'system':'phone','use':'old','value':'13912345673'}]")
                        .phones())
                .containsExactlyInAnyOrder("13912345670", "059586381234", "13912345671");
    }
}
