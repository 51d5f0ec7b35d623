package org.countyhub.fhir.search.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.StringFolding;
import org.countyhub.fhir.search.model.Criterion.StringMatch;
import org.countyhub.fhir.search.model.DateValue;
import org.countyhub.fhir.search.model.ReferenceValue;
import org.countyhub.fhir.search.model.TokenValue;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.kernel.Problem;

/** Parses the alternatives of one parameter. */
final class ValueParser {
    private final IdentifierSystems systems;
    private final LocalReferences local;
    private final Definitions definitions;
    private final DateParser dates;

    ValueParser(IdentifierSystems systems, LocalReferences local, Definitions definitions, DateParser dates) {
        this.systems = systems;
        this.local = local;
        this.definitions = definitions;
        this.dates = dates;
    }

    /** {@code [code]}, {@code [system]|[code]}, {@code |[code]}, {@code [system]|} (FHIR R4 section 3.1.1.4.10). */
    List<TokenValue> tokens(SearchParameter parameter, Parameter sent) {
        List<TokenValue> tokens = new ArrayList<>();
        for (String alternative : Values.alternatives(sent)) {
            List<String> parts = Values.split(alternative, '|').stream()
                    .map(Values::unescape)
                    .toList();
            switch (parts.size()) {
                case 1 -> tokens.add(new TokenValue.Code(parts.getFirst()));
                case 2 -> add(tokens, parameter, sent, parts.getFirst(), parts.getLast());
                default ->
                    throw Problem.badSearch(sent.key(), "parameter " + sent.key() + " has more than one | in a value");
            }
        }
        return tokens;
    }

    private void add(List<TokenValue> tokens, SearchParameter parameter, Parameter sent, String system, String code) {
        if (system.equals(IdentifierSystems.INSURANCE_TOKEN)) {
            throw Problem.badSearch(
                    sent.key(),
                    "nothing is searched by an e-voucher token; send it in the body of POST Person/$resolve");
        }
        if (system.isEmpty() && code.isEmpty()) {
            throw Problem.badSearch(sent.key(), "parameter " + sent.key() + " has a value without system and code");
        }
        if (system.isEmpty()) {
            tokens.add(new TokenValue.CodeWithoutSystem(code));
        } else if (code.isEmpty()) {
            if (!parameter.code().equals("identifier")) {
                throw Problem.badSearch(
                        sent.key(), "a system without a code is offered for identifier only, not for " + sent.key());
            }
            systems.all(system).forEach(alias -> tokens.add(new TokenValue.AnyOfSystem(alias)));
        } else {
            // What was stored before an alias was registered still carries the alias. Parameters of other names have
            // identifiers too, such as requisition.
            systems.all(system).forEach(alias -> tokens.add(new TokenValue.SystemAndCode(alias, code)));
        }
    }

    /** {@code [type]/[id]}, {@code [id]} or an absolute URL (section 3.1.1.4.12). */
    List<ReferenceValue> references(Set<String> types, Parameter sent) {
        List<ReferenceValue> references = new ArrayList<>();
        for (String alternative : Values.alternatives(sent)) {
            references.add(reference(types, sent, Values.unescape(alternative)));
        }
        return references;
    }

    private ReferenceValue reference(Set<String> types, Parameter sent, String text) {
        ResourceKey key = local.key(text);
        if (key != null) {
            if (!definitions.isResourceType(key.type())) {
                throw Problem.badSearch(sent.key(), "there is no resource type " + key.type());
            }
            return new ReferenceValue.Local(List.of(key));
        }
        if (ResourceKey.isId(text)) {
            Set<String> candidates = types.isEmpty() ? definitions.resourceTypes() : types;
            return new ReferenceValue.Local(new TreeSet<>(candidates)
                    .stream().map(type -> new ResourceKey(type, text)).toList());
        }
        if (text.contains(":")) {
            return new ReferenceValue.External(text);
        }
        throw Problem.badSearch(sent.key(), "parameter " + sent.key() + " takes [type]/[id], [id] or an absolute URL");
    }

    /** Texts in the form in which they are compared (section 3.1.1.4.8). */
    List<String> texts(StringMatch match, Parameter sent) {
        List<String> texts = new ArrayList<>();
        for (String alternative : Values.alternatives(sent)) {
            String text = Values.unescape(alternative);
            String wanted =
                    switch (match) {
                        case STARTS_WITH -> StringFolding.fold(text);
                        case EXACT -> text;
                    };
            if (wanted.isEmpty()) {
                throw Problem.badSearch(sent.key(), "parameter " + sent.key() + " has nothing to compare in its value");
            }
            texts.add(wanted);
        }
        return texts;
    }

    List<String> uris(Parameter sent) {
        return Values.alternatives(sent).stream().map(Values::unescape).toList();
    }

    List<DateValue> dates(Parameter sent) {
        return Values.alternatives(sent).stream()
                .map(value -> dates.parse(sent, value))
                .toList();
    }
}
