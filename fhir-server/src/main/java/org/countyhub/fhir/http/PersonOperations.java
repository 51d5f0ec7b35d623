package org.countyhub.fhir.http;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.countyhub.fhir.identity.link.PersonDirectory;
import org.countyhub.fhir.identity.link.PersonDirectory.Known;
import org.countyhub.fhir.identity.link.PersonStewardship;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Operations on the county's persons: who a code stands for, and what stewards do. */
final class PersonOperations {
    private static final String STEWARD = "A steward of the county";

    private final PersonDirectory directory;
    private final PersonStewardship stewardship;
    private final ResourceStore resources;
    private final ContentReader contents;
    private final LocalReferences local;

    PersonOperations(
            PersonDirectory directory,
            PersonStewardship stewardship,
            ResourceStore resources,
            ContentReader contents,
            LocalReferences local) {
        this.directory = directory;
        this.stewardship = stewardship;
        this.resources = resources;
        this.contents = contents;
        this.local = local;
    }

    /** {@code Person/$resolve?identifier=[system]|[value]}: the person behind any code, and the records linked to it. */
    Reply resolve(FhirRequest request) {
        String sent = OperationInput.of(request, contents, Set.of("identifier")).required("identifier");
        int bar = sent.indexOf('|');
        String value = sent.substring(bar + 1);
        if (value.isBlank()) {
            throw Problem.badSearch("identifier", "identifier takes [system]|[value] or [value]");
        }
        List<Known> known = directory.resolve(bar <= 0 ? null : sent.substring(0, bar), value);
        if (known.isEmpty()) {
            throw Problem.notFound("nobody is known by this code");
        }
        if (known.size() > 1) {
            throw new Problem.MultipleMatches(List.of(Fault.at(
                            "identifier",
                            "multiple-matches",
                            "the code is that of " + known.size()
                                    + " persons, as numbers of hospitals may be; say its system, or use another code")))
                    .exception();
        }
        Known person = known.getFirst();
        ParametersJson answer = new ParametersJson().resource("person", person.person().json());
        person.records().forEach(record ->
                answer.record("record", record.patient(), record.assurance().code()));
        return Reply.of(200, answer.end());
    }

    /** {@code Patient/$merge}: the persons behind two patients become one. */
    Reply merge(FhirRequest request) {
        OperationInput input =
                OperationInput.of(request, contents, Set.of("source-patient", "target-patient", "preview"));
        ResourceKey source = input.reference("source-patient", "Patient", local);
        ResourceKey target = input.reference("target-patient", "Patient", local);
        return told(stewardship.merge(source, target, STEWARD, input.flag("preview")));
    }

    /** {@code Person/[id]/$unmerge}: undoes a decision, or gives patients a person of their own. */
    Reply unmerge(FhirRequest request, String id) {
        OperationInput input = OperationInput.of(request, contents, Set.of("decision", "patient", "preview"));
        ResourceKey person = new ResourceKey("Person", id);
        List<ResourceKey> decisions = input.references("decision", "Provenance", local);
        List<ResourceKey> patients = input.references("patient", "Patient", local);
        if (decisions.size() + (patients.isEmpty() ? 0 : 1) != 1) {
            throw Problem.badSearch("decision", "the operation needs either one decision to undo or patients to split off");
        }
        boolean preview = input.flag("preview");
        return told(
                patients.isEmpty()
                        ? stewardship.undo(person, decisions.getFirst(), STEWARD, preview)
                        : stewardship.split(person, patients, STEWARD, preview));
    }

    private Reply told(PersonStewardship.Result result) {
        ParametersJson answer = new ParametersJson();
        result.persons().forEach(person -> answer.resource("person", person.json()));
        result.moved().forEach(patient -> answer.reference("moved", patient));
        if (result.decision() != null) {
            answer.reference("decision", Objects.requireNonNull(result.decision()).key());
        }
        return Reply.of(200, answer.end());
    }
}
