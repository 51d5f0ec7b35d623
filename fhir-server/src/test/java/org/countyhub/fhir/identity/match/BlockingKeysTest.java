package org.countyhub.fhir.identity.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockingKeysTest {
    @Test
    void hashesNeverChange() {
        assertThat(BlockingKey.of(BlockingKey.Kind.PHONE, "13800000001").hash()).isEqualTo(-3043627319808273421L);
    }

    @ParameterizedTest
    @CsvSource({
        "陈, 志强, 1985-03-07, 陈, 智强, 1985-03-07",
        "陈, 志强, 1985-03-07, 陳, 志強, 1985-03-17",
        "陈, 志强, 1985-03-07, 志强, 陈, 1958-03-07",
        "陈, 志强, 1985-03-07, 程, 志强, 1985-03-07",
        "陈, 志强, 1985-03-07, 陈, 志刚, 1985-03-07",
        "陈, 志强, 1985-03-07, 陈, 志刚, 1985-07-03",
        "单, 明, 1985-03-07, 善, 明, 1985-03-07",
        "smith, john, 1985-03-07, smyth, jon, 1985-11-20",
        "smith, john, 1985-03-07, smith, john, 1961-11-20"
    })
    void aSlipInNameOrBirthDateLeavesAKeyInCommon(
            String family, String given, String born, String otherFamily, String otherGiven, String otherBorn) {
        Set<BlockingKey> shared = shared(
                SomePerson.named(family, given).born(born),
                SomePerson.named(otherFamily, otherGiven).born(otherBorn));
        assertThat(shared).isNotEmpty();
        assertThat(found(
                        SomePerson.named(family, given).born(born).living("林坑村12号", "美林街道"),
                        SomePerson.named(otherFamily, otherGiven)
                                .born(otherBorn)
                                .living("梅山村3号", "美林街道")))
                .isTrue();
    }

    /** Everyone born in the town on that day, or of that name, would be looked at. */
    @Test
    void aPlaceIsAskedForWhereNameOrBirthDateIsNotKnown() {
        SomePerson whole = SomePerson.named("陈", "强").born("1985-03-07").living("林坑村12号", "美林街道");
        SomePerson other = SomePerson.named("林", "丽").born("1985-03-07").living("梅山村3号", "美林街道");
        SomePerson nameless = SomePerson.newborn("李四之子").born("1985-03-07").living("梅山村3号", "美林街道");
        SomePerson dateless = SomePerson.named("陈", "强").living("梅山村3号", "美林街道");

        assertThat(shared(whole, other)).extracting(BlockingKey::kind).containsExactly(BlockingKey.Kind.BIRTH_PLACE);
        assertThat(found(whole, other)).isFalse();
        assertThat(found(whole, nameless)).isTrue();
        assertThat(found(nameless, whole)).isTrue();
        assertThat(found(whole, dateless)).isTrue();
        assertThat(found(dateless, whole)).isTrue();
    }

    private static boolean found(SomePerson asking, SomePerson kept) {
        Set<BlockingKey> shared = new HashSet<>(BlockingKeys.asked(asking.traits(), BlockingKeys.of(asking.traits())));
        shared.retainAll(BlockingKeys.of(kept.traits()));
        return !shared.isEmpty();
    }

    @Test
    void codesPhoneAndHouseAreKeysEach() {
        SomePerson a = SomePerson.named("陈", "强").phone("13800000001").living("林坑村12号", "美林街道");
        SomePerson b = SomePerson.named("林", "丽").phone("13800000001").living("林坑村12号", "诗山镇");
        assertThat(shared(a, b))
                .extracting(BlockingKey::kind)
                .containsExactlyInAnyOrder(BlockingKey.Kind.PHONE, BlockingKey.Kind.HOUSE);
    }

    @Test
    void aCodeVerifiedHereIsFoundWhereItIsUnchecked() {
        SomePerson verified = SomePerson.named("陈", "强").code(SomePerson.CARD, "12345678", Standing.VERIFIED);
        assertThat(shared(verified, SomePerson.named("林", "丽").card("12345678")))
                .extracting(BlockingKey::kind)
                .containsExactly(BlockingKey.Kind.CODE);
    }

    @Test
    void refutedCodesAndPlaceholdersMakeNoKeys() {
        SomePerson newborn = SomePerson.newborn("李四之子").code(SomePerson.CARD, "12345678", Standing.REFUTED);
        assertThat(BlockingKeys.of(newborn.record())).isEmpty();
    }

    private static Set<BlockingKey> shared(SomePerson a, SomePerson b) {
        Set<BlockingKey> shared = new HashSet<>(BlockingKeys.of(a.record()));
        shared.retainAll(BlockingKeys.of(b.record()));
        return shared;
    }
}
