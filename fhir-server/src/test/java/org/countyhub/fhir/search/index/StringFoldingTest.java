package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FHIR R4 section 3.1.1.4.8: strings are compared without case, accents, punctuation and insignificant white space. */
class StringFoldingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            Smith|smith
            Müller|muller
            Ångström|angstrom
            ŁÓDŹ|lodz
            Straße|strasse
            Σίσυφος|σισυφοσ
            Nguyễn Văn An|nguyen van an
            O'Brien|obrien
            O’Brien|obrien
            O´Brien|obrien
            J.R. Smith|jr smith
            Smith-Jones|smith jones
            Beijing,China|beijing china
              two \t words |two words
            ＡＢＣ１２３|abc123
            ｶﾞ|ガ
            か|か
            が|が
            한국|한국
            ---|''
            """)
    void writtenFormsThatMeanTheSameFoldTogether(String text, String folded) {
        assertThat(StringFolding.fold(text)).isEqualTo(folded);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            张三|张三
            張三|張三
            张 三|张三
            张　三|张三
            买买提·吐尔逊|买买提吐尔逊
            买买提・吐尔逊|买买提吐尔逊
            北京市（朝阳区）|北京市朝阳区
            第３人民医院|第3人民医院
            𠮷野|𠮷野
            王 Wang|王 wang
            """)
    void hanCharactersStayAndWidthAndSpacesBetweenThemVanish(String text, String folded) {
        assertThat(StringFolding.fold(text)).isEqualTo(folded);
    }

    @Test
    void foldingTwiceChangesNothingMore() {
        for (int c = 0; c < 0x20000; c++) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                continue;
            }
            String folded = StringFolding.fold("a" + Character.toString(c) + "b");

            assertThat(StringFolding.fold(folded)).as("U+%04X", c).isEqualTo(folded);
        }
    }
}
