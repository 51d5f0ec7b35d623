package org.countyhub.fhir.http;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countyhub.fhir.disclosure.DisclosureLog;
import org.countyhub.fhir.identity.code.InsuranceTokens;
import org.countyhub.fhir.identity.code.RootKey;
import org.countyhub.fhir.identity.estimate.CountyMatching;
import org.countyhub.fhir.identity.feed.PatientFeed;
import org.countyhub.fhir.identity.link.PersonDirectory;
import org.countyhub.fhir.identity.link.PersonSearch;
import org.countyhub.fhir.identity.link.PersonStewardship;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.format.ResourceFormat;
import org.countyhub.fhir.resource.format.Subset;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.parse.SearchParser;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.fhir.transaction.WritePolicy;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** The RESTful API as a whole: request in, reply out, every failure told as an OperationOutcome. */
public final class FhirApi {
    /** What HAPI's model and text of it take of memory for each byte of JSON, in bodies held. */
    private static final int MODEL = 3;

    private final BaseAddresses bases;
    private final BodyBudget budget;
    private final AnswerBudget answers;
    private final Operations operations;
    private final CapabilityEndpoint capabilities;
    private final Router router;
    private final ReplyWriter replies;
    private final HtmlPage html;
    private final BinaryContent binaries;
    private final DisclosureLog disclosures;
    private final ContentReader contents;
    private final ImportEndpoint imports;
    private volatile @Nullable Thread preparing;

    /**
     * What the API is made of.
     *
     * @param bases the addresses under which clients know the server, without trailing slashes; the first is the usual one
     * @param healthCardKey the root key of e-health cards, where the server has one
     * @param insuranceTokens the platform that knows e-vouchers, where one is configured
     * @param pageLinkSecret the key that signs page links, the same on all servers of an installation
     * @param maxBodyBytes the largest request body taken
     * @param maxTotalBodyBytes how much memory all bodies in work may take together
     * @param maxAnswerBytes the largest Bundle answered with
     * @param maxTotalAnswerBytes how much memory all answers in work may take together
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Parts(
            List<String> bases,
            FhirContext context,
            Definitions definitions,
            SearchParameters parameters,
            ResourceStore resources,
            SearchStore search,
            SearchParser searchParser,
            TransactionService transactions,
            LocalReferences local,
            PersonDirectory persons,
            PersonSearch personSearch,
            PersonStewardship stewardship,
            CountyMatching matching,
            PatientFeed feed,
            IdentifierSystems systems,
            Optional<RootKey> healthCardKey,
            Optional<InsuranceTokens> insuranceTokens,
            DisclosureLog disclosures,
            WritePolicy policy,
            ZoneId zone,
            Clock clock,
            byte[] pageLinkSecret,
            int maxBodyBytes,
            int maxTotalBodyBytes,
            int maxAnswerBytes,
            long maxTotalAnswerBytes) {}

    public FhirApi(Parts parts) {
        ResourceParser parser = new ResourceParser(parts.definitions());
        ResourceFormat format = new ResourceFormat(parts.definitions());
        this.contents = new ContentReader(parser);
        this.disclosures = parts.disclosures();
        PageLinks links = new PageLinks(parts.pageLinkSecret());
        this.bases = new BaseAddresses(parts.bases());
        this.budget = new BodyBudget(parts.maxBodyBytes(), parts.maxTotalBodyBytes());
        this.answers = new AnswerBudget(parts.maxAnswerBytes(), parts.maxTotalAnswerBytes());
        this.replies = new ReplyWriter(parser, format, bases);
        this.html = new HtmlPage(parts.context(), replies);
        this.binaries = new BinaryContent(parser);
        this.imports = new ImportEndpoint(parts.transactions(), parser, parts.maxBodyBytes());
        this.operations = new Operations(
                new PersonOperations(
                        parts.persons(),
                        new ShownVouchers(parts.insuranceTokens(), parts.persons()),
                        parts.personSearch(),
                        parts.stewardship(),
                        contents,
                        parts.local(),
                        parts.clock()),
                new EverythingEndpoint(
                        parts.resources(),
                        parts.search(),
                        parts.parameters(),
                        parts.definitions(),
                        contents,
                        links,
                        parts.zone(),
                        parts.clock()),
                new MessageEndpoint(parts.feed(), contents, parts.clock()),
                parts.healthCardKey()
                        .map(key -> new HealthCardOperation(parts.resources(), contents, key))
                        .orElse(null),
                new ModelOperations(parts.matching(), contents));
        this.capabilities = new CapabilityEndpoint(
                parts.definitions(),
                parts.parameters(),
                parts.policy(),
                operations,
                format,
                parts.clock().instant());
        this.router = new Router(
                parts.definitions(),
                new ReadEndpoint(parts.resources()),
                new WriteEndpoint(parts.transactions(), contents, parts.definitions()),
                new HistoryEndpoint(parts.resources(), links, parts.zone(), parts.clock()),
                new SearchEndpoint(
                        parts.searchParser(),
                        parts.search(),
                        new IdentifierDomains(parts.search(), parts.systems(), contents),
                        links,
                        parts.clock()),
                capabilities,
                operations,
                new Views(parser, format, new Subset(parts.context())),
                parts.transactions(),
                contents,
                answers,
                parts.clock());
    }

    /** The address of this server as the client knows it, without a trailing slash. */
    String base(HttpServletRequest request) {
        return bases.of(request);
    }

    /** Does in the background what would keep the first clients waiting; the servlet answers when it is done. */
    public void prepare() {
        preparing = Thread.ofPlatform().daemon().name("prepare").start(capabilities::prepare);
    }

    void awaitPrepared() {
        Thread started = preparing;
        try {
            if (started != null) {
                started.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers an interaction of the RESTful API. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (AnswerBudget.Lease room = answers.open()) {
            send(request, response, process(request, room));
        }
    }

    /** Answers an interaction to a browser, by the interceptor that shows resources as HTML. */
    void answerAsHtml(ServletRequestDetails details, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try (AnswerBudget.Lease room = answers.open()) {
            Answer answer = process(request, room);
            if (answer.reply().json().length == 0
                    || answer.isContent()
                    || !html.show(details, request, response, answer.reply(), answer.parameters())) {
                send(request, response, answer);
            }
        }
    }

    /** @param isContent whether not the Binary is sent that the reply is, but what it holds */
    private record Answer(
            Reply reply, Presentation presentation, List<Map.Entry<String, String>> parameters, boolean isContent) {}

    private void send(HttpServletRequest request, HttpServletResponse response, Answer answer) throws IOException {
        if (answer.isContent()) {
            replies.headers(request, response, answer.reply());
            binaries.write(request, response, answer.reply());
        } else {
            replies.write(request, response, answer.presentation(), answer.reply());
        }
    }

    private Answer process(HttpServletRequest request, AnswerBudget.Lease room) throws IOException {
        if (ImportEndpoint.isMeant(request)) {
            return load(request, room);
        }
        List<Map.Entry<String, String>> parameters = List.of();
        try (BodyBudget.Lease body = budget.read(request)) {
            Disclosed disclosed = disclosed(request);
            FhirRequest wanted = binaries.enclosed(
                    request, RequestReader.read(request, bases.of(request), body.bytes(), room, disclosed));
            parameters = wanted.parameters();
            if (BinaryContent.isWanted(request, wanted)) {
                Reply reply = router.dispatch(wanted);
                disclosed.keep();
                return new Answer(
                        reply, Presentation.ofFailure(request, parameters), parameters, reply.status() == 200);
            }
            // Before anything is written: a client that cannot read the answer must not wonder what became of it.
            Presentation presentation = Presentation.of(request, parameters);
            Reply reply = router.dispatch(wanted);
            disclosed.keep();
            if (!presentation.plain() || Presentation.wantsHtml(request)) {
                wanted.requireRoomFor(reply, MODEL);
            }
            return new Answer(reply, presentation, parameters, false);
        } catch (RuntimeException e) {
            return new Answer(Outcomes.reply(e), Presentation.ofFailure(request, parameters), parameters, false);
        }
    }

    private Disclosed disclosed(HttpServletRequest request) {
        return new Disclosed(
                disclosures, contents, RequesterHeaders.read(request), () -> RequesterHeaders.address(request));
    }

    /** Writes a body line by line instead of reading it whole first. */
    private Answer load(HttpServletRequest request, AnswerBudget.Lease room) throws IOException {
        List<Map.Entry<String, String>> parameters = List.of();
        try {
            FhirRequest wanted = RequestReader.read(request, bases.of(request), new byte[0], room, disclosed(request));
            parameters = wanted.parameters();
            Presentation presentation = Presentation.of(request, parameters);
            return new Answer(imports.run(request, wanted), presentation, parameters, false);
        } catch (RuntimeException e) {
            return new Answer(Outcomes.reply(e), Presentation.ofFailure(request, parameters), parameters, false);
        }
    }

    /** Refuses a method that FHIR does not have. */
    void refuseMethod(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = new Problem.NotSupported(
                List.of(Fault.at("method", "not-supported", "FHIR has no such method as " + request.getMethod())),
                FhirRequest.Method.NAMES);
        replies.write(request, response, Presentation.ofFailure(request, List.of()), Outcomes.reply(problem));
    }

    /** The operations that are offered. */
    List<Operations.Listed> operations() {
        return operations.all();
    }

    /** The CapabilityStatement for a base address, as JSON. */
    byte[] capabilities(String base) {
        return capabilities.statement(base).json();
    }
}
