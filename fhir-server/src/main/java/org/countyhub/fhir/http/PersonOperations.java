package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.countyhub.fhir.disclosure.Disclosure.Kind;
import org.countyhub.fhir.identity.link.PersonDirectory;
import org.countyhub.fhir.identity.link.PersonDirectory.Known;
import org.countyhub.fhir.identity.link.PersonSearch;
import org.countyhub.fhir.identity.link.PersonStewardship;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Operations on the county's persons: who a code stands for, and what stewards do. */
final class PersonOperations {
    private static final int DEFAULT_MATCHES = 20;
    private static final int MAX_MATCHES = 100;

    private final PersonDirectory directory;
    private final PersonSearch search;
    private final PersonStewardship stewardship;
    private final ContentReader contents;
    private final LocalReferences local;
    private final ShownVouchers vouchers;
    private final Clock clock;

    PersonOperations(
            PersonDirectory directory,
            ShownVouchers vouchers,
            PersonSearch search,
            PersonStewardship stewardship,
            ContentReader contents,
            LocalReferences local,
            Clock clock) {
        this.directory = directory;
        this.vouchers = vouchers;
        this.search = search;
        this.stewardship = stewardship;
        this.contents = contents;
        this.local = local;
        this.clock = clock;
    }

    /**
     * {@code Person/$resolve?identifier=[system]|[value]}: the person behind any code, or behind an e-voucher that is shown, and
     * the records linked to it.
     */
    Reply resolve(FhirRequest request) {
        OperationInput input = OperationInput.of(request, contents, Set.of("identifier"));
        String sent = input.required("identifier");
        Known person = ShownVouchers.isToken(sent)
                ? vouchers.person(sent, request.parameter("identifier") != null)
                : known("identifier", sent);
        ParametersJson answer =
                new ParametersJson().resource("person", person.person().json());
        request.disclosed().person(Kind.RESOLVE, person.person(), numbers(person));
        person.records()
                .forEach(record -> answer.record(
                        "record", record.patient(), record.assurance().code()));
        return Reply.of(200, answer.end());
    }

    private static List<Long> numbers(Known person) {
        return person.records().stream()
                .map(PersonDirectory.HospitalRecord::number)
                .toList();
    }

    /** The one person that {@code [system]|[value]} or {@code [value]} leads to. */
    private Known known(String parameter, String sent) {
        int bar = sent.indexOf('|');
        String value = sent.substring(bar + 1);
        if (value.isBlank()) {
            throw Problem.badSearch(parameter, parameter + " takes [system]|[value] or [value]");
        }
        List<Known> known = directory.resolve(bar <= 0 ? null : sent.substring(0, bar), value);
        if (known.isEmpty()) {
            throw Problem.notFound("nobody is known by this code");
        }
        if (known.size() > 1) {
            throw new Problem.MultipleMatches(List.of(Fault.at(
                            parameter,
                            "multiple-matches",
                            "the code is that of " + known.size()
                                    + " persons, as numbers of hospitals may be; say its system, or use another code")))
                    .exception();
        }
        return known.getFirst();
    }

    /** {@code Patient/$match} (R4, operation-patient-match). */
    Reply match(FhirRequest request) {
        OperationInput input = OperationInput.of(request, contents, Set.of("resource", "onlyCertainMatches", "count"));
        ObjectNode patient = input.resource("resource");
        if (patient == null || !patient.path("resourceType").asText().equals("Patient")) {
            throw Problem.malformed(Fault.at("resource", "required", "the operation needs a Patient as its resource"));
        }
        List<PersonSearch.Match> matches = search.find(
                patient, input.flag("onlyCertainMatches"), input.number("count", DEFAULT_MATCHES, MAX_MATCHES));
        BundleJson bundle = new BundleJson("searchset", request.base(), clock.instant(), 1_000 * matches.size());
        bundle.total(matches.size());
        request.disclosed()
                .patients(
                        Kind.MATCH,
                        matches.stream()
                                .map(match -> match.patient().surrogate())
                                .toList());
        matches.forEach(match ->
                bundle.match(match.patient(), match.score(), match.grade().code()));
        return Reply.of(200, bundle.end());
    }

    /** {@code Patient/$ihe-pix} (IHE ITI-83): the other identifiers and the patients of whom an identifier is one. */
    Reply pix(FhirRequest request) {
        OperationInput input = OperationInput.of(request, contents, Set.of("sourceIdentifier", "targetSystem"));
        String source = input.required("sourceIdentifier");
        if (source.indexOf('|') <= 0 || ShownVouchers.isToken(source)) {
            throw Problem.badSearch("sourceIdentifier", "sourceIdentifier takes [system]|[value]");
        }
        Known person = known("sourceIdentifier", source);
        List<String> wanted = input.texts("targetSystem");
        ParametersJson answer = new ParametersJson();
        for (JsonNode identifier : contents.stored(person.person().json()).path("identifier")) {
            String system = identifier.path("system").asText();
            boolean same = source.equals(system + "|" + identifier.path("value").asText());
            if (!same && !system.isEmpty() && (wanted.isEmpty() || wanted.contains(system))) {
                answer.identifier(
                        "targetIdentifier", system, identifier.path("value").asText());
            }
        }
        request.disclosed().person(Kind.CROSS_REFERENCE, person.person(), numbers(person));
        person.records().forEach(record -> answer.reference("targetId", record.patient()));
        return Reply.of(200, answer.end());
    }

    /** {@code Patient/$merge}: the persons behind two patients become one, or stewards are asked whether they are one. */
    Reply merge(FhirRequest request) {
        OperationInput input =
                OperationInput.of(request, contents, Set.of("source-patient", "target-patient", "preview", "review"));
        ResourceKey source = input.reference("source-patient", "Patient", local);
        ResourceKey target = input.reference("target-patient", "Patient", local);
        if (input.flag("review")) {
            if (input.flag("preview")) {
                throw Problem.badSearch("review", "a merge is either previewed or reviewed");
            }
            ResourceKey task = stewardship.ask(source, target);
            return Reply.of(200, new ParametersJson().reference("task", task).end());
        }
        return told(stewardship.merge(source, target, request.requester(), input.flag("preview")));
    }

    /** {@code Person/[id]/$unmerge}: undoes a decision, or gives patients a person of their own. */
    Reply unmerge(FhirRequest request, String id) {
        OperationInput input = OperationInput.of(request, contents, Set.of("decision", "patient", "preview"));
        ResourceKey person = new ResourceKey("Person", id);
        List<ResourceKey> decisions = input.references("decision", "Provenance", local);
        List<ResourceKey> patients = input.references("patient", "Patient", local);
        if (decisions.size() + (patients.isEmpty() ? 0 : 1) != 1) {
            throw Problem.badSearch(
                    "decision", "the operation needs either one decision to undo or patients to split off");
        }
        boolean preview = input.flag("preview");
        return told(
                patients.isEmpty()
                        ? stewardship.undo(person, decisions.getFirst(), request.requester(), preview)
                        : stewardship.split(person, patients, request.requester(), preview));
    }

    /** {@code Person/[id]/$receivers}: who was answered with something of the patients that a decision has moved. */
    Reply receivers(FhirRequest request, String id) {
        OperationInput input = OperationInput.of(request, contents, Set.of("decision"));
        ParametersJson answer = new ParametersJson();
        stewardship
                .receivers(new ResourceKey("Person", id), input.reference("decision", "Provenance", local))
                .forEach(answer::receiver);
        return Reply.of(200, answer.end());
    }

    private Reply told(PersonStewardship.Result result) {
        ParametersJson answer = new ParametersJson();
        result.persons().forEach(person -> answer.resource("person", person.json()));
        result.moved().forEach(patient -> answer.reference("moved", patient));
        if (result.decision() != null) {
            answer.reference(
                    "decision", Objects.requireNonNull(result.decision()).key());
        }
        result.receivers().forEach(answer::receiver);
        result.notices().forEach(notice -> answer.reference("notice", notice));
        return Reply.of(200, answer.end());
    }
}
