package org.countyhub.fhir.identity.match.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {
    @ParameterizedTest
    @CsvSource({
        "張偉, 张伟",
        "陳國華, 陈国华",
        "林傑, 林杰",
        "张 伟, 张伟",
        "张　伟, 张伟",
        "阿迪力•买买提, 阿迪力·买买提",
        "阿迪力‧买买提, 阿迪力·买买提",
        "阿迪力 ・ 买买提, 阿迪力·买买提",
        "阿迪力.买买提, 阿迪力·买买提",
        "Ｓｍｉｔｈ, smith",
        "Müller, muller",
        "O’Brien, obrien",
        "Smith-Jones, smith jones",
        "'美林街道１２号', 美林街道12号"
    })
    void spellingsThatMeanTheSameBecomeOne(String written, String folded) {
        assertThat(Folding.fold(written)).isEqualTo(folded);
    }

    @Test
    void foldingTwiceChangesNothing() {
        for (String text : new String[] {"  José  María ", "歐陽 娜娜", "A. B. Smith", "", "·", "𠮷田"}) {
            assertThat(Folding.fold(Folding.fold(text))).isEqualTo(Folding.fold(text));
        }
    }
}
