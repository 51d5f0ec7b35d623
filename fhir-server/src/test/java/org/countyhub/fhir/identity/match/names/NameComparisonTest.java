package org.countyhub.fhir.identity.match.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.countyhub.fhir.identity.PersonName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameComparisonTest {
    @ParameterizedTest
    @CsvSource({
        "張:偉, 张:伟, EQUAL",
        ":张伟, 张:伟, EQUAL",
        ":欧阳娜娜, 欧阳:娜娜, EQUAL",
        "志强:陈, 陈:志强, VARIANT",
        ":阿迪力·买买提, :阿迪力•买买提, EQUAL",
        ":阿迪力买买提, :阿迪力·买买提, VARIANT",
        ":阿迪力, :阿迪力·买买提, VARIANT",
        "陈:志强, 陈:智强, HOMOPHONE",
        "曾:丽, 增:莉, HOMOPHONE",
        "单:明, 山:明, HOMOPHONE",
        "单:明, 丹:明, HOMOPHONE",
        "张:伟, zhang:wei, HOMOPHONE",
        "陈:伟, 陈:玮, HOMOPHONE",
        "李:晖, 李:浑, SIMILAR",
        "李:未, 李:末, SIMILAR",
        "陈:志强, 陈:强志, SIMILAR",
        "陈:志强, 陈:志刚, LOOSE",
        "陈:志强, 陈:强, LOOSE",
        "陈:强, 陈:刚, FAMILY",
        "陈:志强, 林:志强, GIVEN",
        "陈:志强, 林:丽华, DIFFERENT",
        "陈:, 陈:志强, PART"
    })
    void chineseNamesAgreeByCharacterSoundOrShape(String a, String b, Likeness expected) {
        assertBothWays(a, b, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Müller:Jürgen, muller:jurgen, EQUAL",
        "smith-jones:anna, smith jones:anna, EQUAL",
        "anna:smith, smith:anna, VARIANT",
        "smith:michael, smith:micheal, SIMILAR",
        "smyth:john, smith:john, SIMILAR",
        "smith:j, smith:john, SIMILAR",
        "smith:mary ann, smith:mary, SIMILAR",
        "smith:, smith:john, PART",
        "smyth:micheal, smith:michael, LOOSE",
        "michael:smyth, smith:michael, LOOSE",
        "smith:john, brown:john, GIVEN",
        "smith:john, smith:peter, FAMILY",
        "smith:john, brown:peter, DIFFERENT",
        ":, smith:john, MISSING"
    })
    void namesInLettersAgreeUpToSlips(String a, String b, Likeness expected) {
        assertBothWays(a, b, expected);
    }

    @Test
    void saysOnWhichPartsBothAgree() {
        NameComparison comparison = NameComparison.of(name("陈:志强"), name("陈:智强"));
        assertThat(comparison.family()).isEqualTo("陈");
        assertThat(comparison.given()).isEmpty();
        assertThat(NameComparison.of(name("陈:志强"), name("林:志强")).given()).isEqualTo("志强");
    }

    @Test
    void surnamesAreReadAsSurnames() {
        assertThat(name("单:明").sound()).isEqualTo(name("善:鸣").sound());
        assertThat(name("仇:明").familySound()).isEqualTo("qiu");
        assertThat(name("曾:明").familySound()).isEqualTo("zeng");
    }

    private static void assertBothWays(String a, String b, Likeness expected) {
        assertThat(NameComparison.of(name(a), name(b)).likeness()).isEqualTo(expected);
        assertThat(NameComparison.of(name(b), name(a)).likeness()).isEqualTo(expected);
    }

    private static ComparableName name(String familyAndGiven) {
        String[] parts = familyAndGiven.split(":", -1);
        return ComparableName.of(new PersonName(parts[0], parts[1]));
    }
}
