package org.countyhub.fhir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameReaderTest {
    @Test
    void surnameAndGivenNamesAreTakenAsTheSourceSplitsThem() {
        assertThat(names("{'family':'夏侯','given':['杰']}")).containsExactly(new PersonName("夏侯", "杰"));
        assertThat(names("{'family':'夏','given':['侯杰']}")).containsExactly(new PersonName("夏", "侯杰"));
        assertThat(names("{'family':'Smith','given':['John','Paul'],'text':'John Paul Smith'}"))
                .containsExactly(new PersonName("Smith", "John Paul"));
    }

    @Test
    void chineseGivenNamesInPiecesArePutTogether() {
        assertThat(names("{'family':'王','given':['小','明']}")).containsExactly(new PersonName("王", "小明"));
        assertThat(names("{'family':'王 ','given':[' 小　明 ']}")).containsExactly(new PersonName("王", "小明"));
        assertThat(names("{'text':'王　小　明'}")).containsExactly(new PersonName("王", "小明"));
        assertThat(names("{'text':'张　三'}")).containsExactly(new PersonName("张", "三"));
    }

    @Test
    void theOfficialNameComesFirst() {
        assertThat(names("{'use':'nickname','text':'小李'},{'use':'old','text':'李芳'},{'text':'李方'},"
                        + "{'use':'official','text':'李方芳'}"))
                .extracting(PersonName::text)
                .containsExactly("李方芳", "李方", "小李", "李芳");
    }

    @Test
    void aNameInOnePieceIsSplitAfterItsSurname() {
        assertThat(names("{'text':'张三'}")).containsExactly(new PersonName("张", "三"));
        assertThat(names("{'text':'張小明'}")).containsExactly(new PersonName("張", "小明"));
        assertThat(names("{'text':'欧阳修'}")).containsExactly(new PersonName("欧阳", "修"));
        assertThat(names("{'text':'司馬相如'}")).containsExactly(new PersonName("司馬", "相如"));
        assertThat(names("{'text':'夏侯霸天'}")).containsExactly(new PersonName("夏侯", "霸天"));
        assertThat(names("{'family':'张三'}")).containsExactly(new PersonName("张", "三"));
        assertThat(names("{'given':['张三']}")).containsExactly(new PersonName("张", "三"));
        assertThat(names("{'text':'欧阳 修'}")).containsExactly(new PersonName("欧阳", "修"));
        assertThat(names("{'text':'Smith, John'}")).containsExactly(new PersonName("Smith", "John"));
    }

    @Test
    void aNameWithMoreThanOneReadingStaysWhole() {
        for (String whole : List.of("夏侯杰", "欧阳", "张王小明", "罗布", "买买提", "古丽娜尔", "王", "John Smith")) {
            assertThat(names("{'text':'" + whole + "'}")).containsExactly(new PersonName("", whole));
        }
    }

    @Test
    void aNameWithADotIsNeverSplitAndHasOneKindOfDot() {
        for (String typed : List.of("阿迪力·买买提", "阿迪力•买买提", "阿迪力・买买提", "阿迪力 · 买买提", "阿迪力．买买提", "阿迪力‧买买提")) {
            assertThat(names("{'text':'" + typed + "'}")).containsExactly(new PersonName("", "阿迪力·买买提"));
        }
        assertThat(names("{'text':'阿迪力·买买提','family':'买买提','given':['阿迪力']}"))
                .containsExactly(new PersonName("", "阿迪力·买买提"));
        assertThat(names("{'family':'阿迪力·','given':['买买提']}")).containsExactly(new PersonName("", "阿迪力·买买提"));
        assertThat(names("{'text':'J. R. Smith'}")).containsExactly(new PersonName("", "J. R. Smith"));
    }

    @Test
    void traditionalAndRareCharactersStayAsWritten() {
        assertThat(names("{'family':'龍','given':['𬱖喆']}")).containsExactly(new PersonName("龍", "𬱖喆"));
        assertThat(names("{'text':'王𬱖'}")).containsExactly(new PersonName("王", "𬱖"));
    }

    @Test
    void whatSaysNoNameIsNone() {
        assertThat(names("")).isEmpty();
        assertThat(names("{'text':' '},{'use':'official'},{'given':['']}")).isEmpty();
        assertThat(Patients.read("").placeholder()).isFalse();
    }

    private static List<PersonName> names(String humanNames) {
        return Patients.read("'name':[" + humanNames + "]").names();
    }
}
