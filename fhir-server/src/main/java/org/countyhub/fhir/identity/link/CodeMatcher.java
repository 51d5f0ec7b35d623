package org.countyhub.fhir.identity.link;

import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.PersonCode;
import org.countyhub.fhir.identity.PersonCode.Standing;

/** Links by equal verified codes alone. */
public final class CodeMatcher implements PersonMatcher {
    @Override
    public Verdict decide(Demographics incoming, List<PersonDraft> candidates) {
        for (PersonDraft candidate : candidates) {
            for (Member member : candidate.members()) {
                if (shares(incoming, member.demographics())) {
                    List<String> conflicts = conflicts(incoming, member.demographics());
                    Explanation why = new Explanation("equal-verified-code", 0, List.of(), conflicts);
                    return conflicts.isEmpty()
                            ? new Verdict.Link(candidate, Assurance.LEVEL4, why)
                            : new Verdict.Review(List.of(candidate), why);
                }
            }
        }
        return new Verdict.New();
    }

    private static boolean shares(Demographics one, Demographics other) {
        return one.codes().stream()
                .anyMatch(code ->
                        code.standing() == Standing.VERIFIED && other.codes().contains(code));
    }

    @Override
    public List<String> conflicts(Demographics one, Demographics other) {
        List<String> conflicts = new ArrayList<>();
        if (one.sex().contradicts(other.sex())) {
            conflicts.add("sex differs");
        }
        for (PersonCode code : one.codes()) {
            for (PersonCode that : other.codes()) {
                if (code.standing() == Standing.VERIFIED
                        && that.standing() == Standing.VERIFIED
                        && code.system().equals(that.system())
                        && !code.value().equals(that.value())) {
                    conflicts.add("verified codes of " + code.system() + " differ");
                }
            }
        }
        return conflicts;
    }
}
