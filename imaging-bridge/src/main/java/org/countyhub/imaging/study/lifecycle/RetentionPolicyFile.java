package org.countyhub.imaging.study.lifecycle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The file that HUB_IMAGING_POLICY names. Whatever is wrong with it keeps the server from starting, with the reason. */
public final class RetentionPolicyFile {
    /** Records of outpatients are kept for 15 years at least (医疗机构病历管理规定, 2013, article 29). */
    private static final int FEWEST_YEARS = 15;

    private static final int MOST_YEARS = 200;
    private static final int MOST_DAYS = 36_500;
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private RetentionPolicyFile() {}

    private record Content(@Nullable List<@Nullable Entry> rules) {}

    private record Entry(
            @Nullable String source,
            @Nullable String modality,
            @Nullable Integer objectStoreAfterDays,
            @Nullable Integer archiveAfterDays,
            @Nullable Integer deleteAfterYears) {}

    /**
     * The policy of a file.
     *
     * @param isSource whether that is the id of a hospital
     */
    public static RetentionPolicy read(Path file, Predicate<String> isSource) {
        try {
            return parse(Files.readString(file), file.toString(), isSource);
        } catch (IOException e) {
            throw new UncheckedIOException("HUB_IMAGING_POLICY: " + file + " cannot be read", e);
        }
    }

    static RetentionPolicy parse(String json, String file, Predicate<String> isSource) {
        Content content;
        try {
            content = STRICT.readValue(json, Content.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("HUB_IMAGING_POLICY: " + file + ": " + e.getMessage(), e);
        }
        List<@Nullable Entry> entries = content == null || content.rules() == null ? List.of() : content.rules();
        List<RetentionPolicy.Rule> rules = new ArrayList<>();
        Set<String> fits = new HashSet<>();
        for (@Nullable Entry entry : entries) {
            String place = "HUB_IMAGING_POLICY: " + file + ": rules[" + rules.size() + "]";
            if (entry == null) {
                throw new IllegalArgumentException(place + " is empty");
            }
            RetentionPolicy.Rule rule = rule(entry, place, isSource);
            if (!fits.add(rule.source() + "|" + rule.modality())) {
                throw new IllegalArgumentException(place + " fits the same studies as a rule before it");
            }
            rules.add(rule);
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("HUB_IMAGING_POLICY: " + file + " has no rules");
        }
        return new RetentionPolicy(rules);
    }

    private static RetentionPolicy.Rule rule(Entry entry, String place, Predicate<String> isSource) {
        String source = entry.source();
        String modality = entry.modality();
        if (source != null && !isSource.test(source)) {
            throw new IllegalArgumentException(place + ".source is no hospital that is known: " + source);
        }
        if (modality != null && !modality.matches("[A-Z0-9_]{1,16}")) {
            throw new IllegalArgumentException(
                    place + ".modality must be one of PS3.3 section C.7.3.1.1.1, such as CT");
        }
        Integer objectStore = between(entry.objectStoreAfterDays(), 0, MOST_DAYS, place, "objectStoreAfterDays");
        Integer archive = between(entry.archiveAfterDays(), 0, MOST_DAYS, place, "archiveAfterDays");
        if (objectStore != null && archive != null && archive <= objectStore) {
            throw new IllegalArgumentException(place + ".archiveAfterDays must be later than objectStoreAfterDays");
        }
        return new RetentionPolicy.Rule(
                source,
                modality,
                objectStore,
                archive,
                between(entry.deleteAfterYears(), FEWEST_YEARS, MOST_YEARS, place, "deleteAfterYears"));
    }

    private static @Nullable Integer between(@Nullable Integer number, int low, int high, String place, String name) {
        if (number != null && (number < low || number > high)) {
            throw new IllegalArgumentException(
                    place + "." + name + " must be from " + low + " to " + high + " but is " + number);
        }
        return number;
    }
}
