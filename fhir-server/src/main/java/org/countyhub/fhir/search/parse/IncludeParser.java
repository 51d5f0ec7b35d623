package org.countyhub.fhir.search.parse;

import java.util.List;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.index.SearchType;
import org.countyhub.fhir.search.model.Include;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Parses {@code _include} and {@code _revinclude}: {@code [type]:[parameter]:[targetType]} or {@code *}. */
final class IncludeParser {
    private final SearchParameters parameters;
    private final Definitions definitions;

    IncludeParser(SearchParameters parameters, Definitions definitions) {
        this.parameters = parameters;
        this.definitions = definitions;
    }

    Include forward(String searched, Parameter sent) {
        String[] parts = parts(sent);
        if (parts.length == 1 && parts[0].equals("*")) {
            return new Include.Forward(all(searched), null);
        }
        requireType(sent, parts[0]);
        if (!parts[0].equals(searched)) {
            throw Problem.badSearch(sent.key(), "_include must start from the type searched for, " + searched);
        }
        return new Include.Forward(followed(sent, parts), targetType(sent, parts));
    }

    Include reverse(String searched, Parameter sent) {
        String[] parts = parts(sent);
        requireType(sent, parts[0]);
        String target = targetType(sent, parts);
        if (target != null && !target.equals(searched)) {
            throw Problem.badSearch(sent.key(), "_revinclude must end at the type searched for, " + searched);
        }
        return new Include.Reverse(followed(sent, parts));
    }

    private static String[] parts(Parameter sent) {
        if (sent.modifier() != null) {
            throw Problem.badSearch(
                    sent.key(), "modifier :" + sent.modifier() + " of " + sent.name() + " is not offered yet");
        }
        return sent.value().split(":", -1);
    }

    private void requireType(Parameter sent, String type) {
        if (!definitions.isResourceType(type)) {
            throw Problem.badSearch(sent.key(), sent.name() + " starts with a resource type, not with " + type);
        }
    }

    private @Nullable String targetType(Parameter sent, String[] parts) {
        if (parts.length > 3) {
            throw Problem.badSearch(sent.key(), sent.name() + " takes [type]:[parameter]:[targetType]");
        }
        if (parts.length < 3) {
            return null;
        }
        requireType(sent, parts[2]);
        return parts[2];
    }

    private List<SearchParameter> followed(Parameter sent, String[] parts) {
        if (parts.length < 2) {
            throw Problem.badSearch(sent.key(), sent.name() + " takes [type]:[parameter]");
        }
        if (parts[1].equals("*")) {
            return all(parts[0]);
        }
        SearchParameter parameter = parameters.find(parts[0], parts[1]);
        if (parameter == null || parameter.kind() != SearchType.REFERENCE || SearchParameters.isPerson(parameter)) {
            throw Problem.badSearch(sent.key(), parts[0] + " has no reference parameter " + parts[1]);
        }
        return List.of(parameter);
    }

    private List<SearchParameter> all(String type) {
        return parameters.of(type).stream()
                .filter(parameter -> parameter.kind() == SearchType.REFERENCE && !SearchParameters.isPerson(parameter))
                .toList();
    }
}
