package org.countyhub.imaging.study.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionPolicyFileTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-01T10:00:00Z");

    private static RetentionPolicy parse(String json) {
        return RetentionPolicyFile.parse(json, "policy.json", "county"::equals);
    }

    @Test
    void theFirstRuleThatFitsIsTheRule() {
        RetentionPolicy policy = parse("""
                {"rules": [
                  {"source": "county", "modality": "MG", "deleteAfterYears": 30},
                  {"modality": "CT", "objectStoreAfterDays": 90, "archiveAfterDays": 730, "deleteAfterYears": 20},
                  {"archiveAfterDays": 365}
                ]}""");

        assertThat(policy.rule("county", List.of("SR", "MG")))
                .contains(policy.rules().get(0));
        assertThat(policy.rule("township", List.of("MG")))
                .contains(policy.rules().get(2));
        assertThat(policy.rule("township", List.of("CT", "SR")))
                .contains(policy.rules().get(1));
        assertThat(policy.fewestDays()).hasValue(90);
        assertThat(policy.fewestYears()).hasValue(20);
        assertThat(policy.uses(Tier.OBJECT_STORE)).isTrue();
    }

    @Test
    void ageDecidesOnTheTierAndOnlyWordsOnTheEnd() {
        RetentionPolicy policy = parse("""
                {"rules": [{"modality": "CT", "objectStoreAfterDays": 90, "archiveAfterDays": 730, "deleteAfterYears": 20}, {}]}""");
        RetentionPolicy.Rule rule = policy.rules().getFirst();

        assertThat(rule.tier(RECEIVED, RECEIVED.plus(Duration.ofDays(90)).minusMillis(1)))
                .isEqualTo(Tier.DISK);
        assertThat(rule.tier(RECEIVED, RECEIVED.plus(Duration.ofDays(90)))).isEqualTo(Tier.OBJECT_STORE);
        assertThat(rule.tier(RECEIVED, RECEIVED.plus(Duration.ofDays(730)))).isEqualTo(Tier.ARCHIVE);
        assertThat(rule.isExpired(RECEIVED, Instant.parse("2046-03-01T09:59:59Z")))
                .isFalse();
        assertThat(rule.isExpired(RECEIVED, Instant.parse("2046-03-01T10:00:00Z")))
                .isTrue();
        RetentionPolicy.Rule keep = policy.rules().getLast();
        assertThat(keep.isExpired(RECEIVED, Instant.parse("3046-03-01T10:00:00Z")))
                .isFalse();
        assertThat(keep.tier(RECEIVED, Instant.parse("3046-03-01T10:00:00Z"))).isEqualTo(Tier.DISK);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                              | policy.json has no rules
            {"rules": []}                                                   | policy.json has no rules
            null                                                            | policy.json has no rules
            {"rules": [null]}                                               | rules[0] is empty
            {"rules": [{"source": "other"}]}                                | rules[0].source is no hospital that is known: other
            {"rules": [{"modality": "ct"}]}                                 | rules[0].modality must be one of
            {"rules": [{"deleteAfterYears": 14}]}                           | rules[0].deleteAfterYears must be from 15 to 200 but is 14
            {"rules": [{"objectStoreAfterDays": -1}]}                       | rules[0].objectStoreAfterDays must be from 0 to 36500
            {"rules": [{"objectStoreAfterDays": 9, "archiveAfterDays": 9}]} | rules[0].archiveAfterDays must be later than
            {"rules": [{"modality": "CT"}, {"modality": "CT"}]}             | rules[1] fits the same studies as a rule before it
            {"rules": [{"daysOnDisk": 3}]}                                  | daysOnDisk
            {"rules": [{"archiveAfterDays": "9"}]}                          | archiveAfterDays
            {"rules": [{"archiveAfterDays": 9.5}]}                          | archiveAfterDays
            {"rules": [{"modality": 7}]}                                    | modality
            {"rules": [{"modality": "CT", "modality": "MR"}]}               | Duplicate
            {"rules": [{}]} x                                               | policy.json
            """)
    void whatIsWrongIsNamed(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HUB_IMAGING_POLICY: policy.json")
                .hasMessageContaining(message);
    }
}
