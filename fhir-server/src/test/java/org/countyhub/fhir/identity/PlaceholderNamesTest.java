package org.countyhub.fhir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceholderNamesTest {
    @Test
    void aNewbornCalledAfterAParentHasNoNameYet() {
        for (String name : List.of(
                "李四之子",
                "李四之女",
                "李四之婴",
                "李四之长子",
                "李四之次女",
                "欧阳修之女",
                "李四的儿子",
                "李四之子A",
                "李四之女(2)",
                "李四之女（乙）",
                "李四之大双",
                "李四之小双",
                "李四婴儿",
                "李四男婴",
                "李四之新生儿",
                "阿依古丽·买买提之子",
                "Baby Boy of Li Si",
                "newborn of Li")) {
            assertThat(isPlaceholder(name)).as(name).isTrue();
        }
    }

    @Test
    void nobodyIsNoName() {
        for (String name : List.of(
                "无名氏",
                "无名氏3",
                "未知",
                "患者",
                "患者12",
                "病人A",
                "不详",
                "无",
                "新生儿",
                "Newborn",
                "NEWBORN",
                "unknown",
                "John Doe")) {
            assertThat(isPlaceholder(name)).as(name).isTrue();
        }
        assertThat(Patients.read("'name':[{'family':'Smith','given':['Baby Boy']}]")
                        .placeholder())
                .isTrue();
    }

    @Test
    void aNameMadeUnreadableIsNone() {
        for (String name : List.of("张某", "张某某", "欧阳某", "张*", "张＊三", "某")) {
            assertThat(isPlaceholder(name)).as(name).isTrue();
        }
    }

    @Test
    void realNamesAreNames() {
        for (String name : List.of(
                "张三",
                "李四",
                "王子",
                "李子",
                "王毛毛",
                "王宝宝",
                "程婴",
                "李婴",
                "徐悲鸿",
                "张之洞",
                "王羲之",
                "王献之",
                "李女",
                "贺之章",
                "吴明",
                "文知",
                "阿迪力·买买提",
                "John Smith",
                "Baby Smith",
                "Anonya")) {
            assertThat(isPlaceholder(name)).as(name).isFalse();
        }
    }

    @Test
    void aNameOfUseTempOrAnonymousStandsIn() {
        assertThat(Patients.read("'name':[{'use':'temp','text':'王五'}]").placeholder())
                .isTrue();
        assertThat(Patients.read("'name':[{'use':'anonymous','text':'王五'}]").placeholder())
                .isTrue();
    }

    @Test
    void aRealNameBesideAStandInIsTheName() {
        Demographics child = Patients.read("'name':[{'use':'official','text':'李四之子'},{'text':'李大力'}]");

        assertThat(child.placeholder()).isFalse();
        assertThat(child.names()).containsExactly(new PersonName("李", "大力"));
    }

    @Test
    void onlyTemporaryNumbersMakeATemporaryPerson() {
        String temporary = "{'use':'temp','system':'urn:x','value':'1'}";

        assertThat(Patients.read("'name':[{'text':'王五'}],'identifier':[" + temporary + "]")
                        .placeholder())
                .isTrue();
        assertThat(Patients.read("'name':[{'text':'王五'}],'identifier':[" + temporary
                                + ",{'system':'urn:x','value':'2'}]")
                        .placeholder())
                .isFalse();
    }

    @Test
    void theParentInTheNameAnswersForTheNewborn() {
        assertThat(Patients.read("'name':[{'text':'李四之子'}]").guardians()).containsExactly(new PersonName("李", "四"));
        assertThat(Patients.read("'name':[{'text':'王之子'}]").guardians()).isEmpty();
        assertThat(Patients.read("'name':[{'text':'李四之子'}],'contact':[{'relationship':[{'text':'母亲'}],"
                                + "'name':{'family':'李','given':['四']}}]")
                        .guardians())
                .containsExactly(new PersonName("李", "四"));
    }

    @Test
    void aTwinIsSaidByTheWordForTwinOnly() {
        assertThat(Patients.read("'name':[{'text':'李四之小双'}]").multipleBirth()).isTrue();
        assertThat(Patients.read("'name':[{'text':'李四之次女'}]").multipleBirth()).isFalse();
    }

    private static boolean isPlaceholder(String text) {
        return Patients.read("'name':[{'text':'" + text + "'}]").placeholder();
    }
}
