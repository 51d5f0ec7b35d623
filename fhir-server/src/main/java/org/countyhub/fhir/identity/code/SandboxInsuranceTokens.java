package org.countyhub.fhir.identity.code;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * For tests and trials only, and never on by itself: whoever knows a number can make its token,
 * {@code SANDBOX-[insurance number]} or {@code SANDBOX-[insurance number]-[resident ID]}. Any other token is expired.
 */
final class SandboxInsuranceTokens implements InsuranceTokens {
    private static final Pattern TOKEN = Pattern.compile("SANDBOX-([0-9A-Z]{8,32})(?:-([0-9]{17}[0-9X]))?");

    @Override
    public List<InsuranceCode> resolve(InsuranceToken token) {
        Matcher matcher = TOKEN.matcher(token.text());
        if (!matcher.matches()) {
            return List.of();
        }
        Stream<InsuranceCode> residentId = Optional.ofNullable(matcher.group(2)).flatMap(ResidentId::of).stream()
                .map(id -> new InsuranceCode(CodeSystem.RESIDENT_ID, id.number()));
        return Stream.concat(Stream.of(new InsuranceCode(CodeSystem.INSURANCE, matcher.group(1))), residentId)
                .toList();
    }
}
