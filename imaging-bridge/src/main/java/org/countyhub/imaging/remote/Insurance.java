package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.CloudIndex;
import org.countyhub.imaging.study.Study;

/**
 * The entry of a study in the medical insurance's index of images, when all its parts are known: the person has one code of the
 * insurance, the study a date and a time, and the hospital's Organization one unified social credit code. Else there is none.
 */
final class Insurance {
    private static final int MAX_ORGANIZATIONS = 1_000;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final FhirClient client;
    private final Cache<String, Optional<String>> organizationCodes = Caffeine.newBuilder()
            .maximumSize(MAX_ORGANIZATIONS)
            .expireAfterWrite(KEPT)
            .build();

    Insurance(FhirClient client) {
        this.client = client;
    }

    Optional<CloudIndex> index(Study study, CountyPerson person) {
        List<String> codes = person.identifiers().stream()
                .filter(identifier -> identifier.system().equals(Systems.INSURED_PERSON))
                .map(Token::value)
                .filter(CloudIndex::isPersonCode)
                .distinct()
                .toList();
        Optional<LocalDate> date = DicomTime.date(study.attributes().string(Tag.StudyDate));
        Optional<LocalTime> time = DicomTime.time(study.attributes().string(Tag.StudyTime));
        String organization = study.source().organization();
        if (codes.size() != 1 || date.isEmpty() || time.isEmpty() || organization == null) {
            return Optional.empty();
        }
        return organizationCode(organization)
                .map(code -> new CloudIndex(codes.getFirst(), date.get().atTime(time.get()), code));
    }

    private Optional<String> organizationCode(String organization) {
        Optional<String> kept = organizationCodes.getIfPresent(organization);
        if (kept == null) {
            kept = asked(organization);
            organizationCodes.put(organization, kept);
        }
        return kept;
    }

    private Optional<String> asked(String organization) {
        Answer answer = client.get(organization);
        JsonNode identifiers = answer.body().path("identifier");
        List<String> codes = !answer.isOk()
                ? List.of()
                : Token.all(identifiers).stream()
                        .filter(identifier -> identifier.system().equals(Systems.ORGANIZATION_CODE))
                        .map(Token::value)
                        .filter(CloudIndex::isOrganizationCode)
                        .distinct()
                        .toList();
        return codes.size() == 1 ? Optional.of(codes.getFirst()) : Optional.empty();
    }
}
