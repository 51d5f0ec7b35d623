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
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.format.ResourceFormat;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.parse.SearchParser;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.fhir.transaction.WritePolicy;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** The RESTful API as a whole: request in, reply out, every failure told as an OperationOutcome. */
public final class FhirApi {
    private final BaseAddresses bases;
    private final BodyBudget budget;
    private final Router router;
    private final ReplyWriter replies;
    private final HtmlPage html;
    private final BinaryContent binaries;

    /**
     * What the API is made of.
     *
     * @param bases the addresses under which clients know the server, without trailing slashes; the first is the usual one
     * @param pageLinkSecret the key that signs page links, the same on all servers of an installation
     * @param maxBodyBytes the largest request body taken
     * @param maxTotalBodyBytes how much memory all bodies in work may take together
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
            WritePolicy policy,
            ZoneId zone,
            Clock clock,
            byte[] pageLinkSecret,
            int maxBodyBytes,
            int maxTotalBodyBytes) {}

    public FhirApi(Parts parts) {
        ResourceParser parser = new ResourceParser(parts.definitions());
        ResourceFormat format = new ResourceFormat(parts.definitions());
        ContentReader contents = new ContentReader(parser);
        PageLinks links = new PageLinks(parts.pageLinkSecret());
        this.bases = new BaseAddresses(parts.bases());
        this.budget = new BodyBudget(parts.maxBodyBytes(), parts.maxTotalBodyBytes());
        this.replies = new ReplyWriter(parts.context(), parser, format, bases);
        this.html = new HtmlPage(parts.context(), replies);
        this.binaries = new BinaryContent(parser);
        this.router = new Router(
                parts.definitions(),
                new ReadEndpoint(parts.resources()),
                new WriteEndpoint(parts.transactions(), contents, parts.definitions()),
                new HistoryEndpoint(parts.resources(), links, parts.zone(), parts.clock()),
                new SearchEndpoint(parts.searchParser(), parts.search(), links, parts.clock()),
                new CapabilityEndpoint(
                        parts.definitions(),
                        parts.parameters(),
                        parts.policy(),
                        parts.clock().instant()),
                parts.transactions(),
                contents,
                parts.clock());
    }

    /** The address of this server as the client knows it, without a trailing slash. */
    String base(HttpServletRequest request) {
        return bases.of(request);
    }

    /** Answers an interaction of the RESTful API. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        send(request, response, process(request));
    }

    /** Answers an interaction to a browser, by the interceptor that shows resources as HTML. */
    void answerAsHtml(ServletRequestDetails details, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Answer answer = process(request);
        if (answer.reply().json().length == 0
                || answer.isContent()
                || !html.show(details, request, response, answer.reply(), answer.parameters())) {
            send(request, response, answer);
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

    private Answer process(HttpServletRequest request) throws IOException {
        List<Map.Entry<String, String>> parameters = List.of();
        try (BodyBudget.Lease body = budget.read(request)) {
            FhirRequest wanted =
                    binaries.enclosed(request, RequestReader.read(request, bases.of(request), body.bytes()));
            parameters = wanted.parameters();
            if (BinaryContent.isWanted(request, wanted)) {
                Reply reply = router.dispatch(wanted);
                return new Answer(
                        reply, Presentation.ofFailure(request, parameters), parameters, reply.status() == 200);
            }
            // Before anything is written: a client that cannot read the answer must not wonder what became of it.
            Presentation presentation = Presentation.of(request, parameters);
            return new Answer(router.dispatch(wanted), presentation, parameters, false);
        } catch (RuntimeException e) {
            return new Answer(Outcomes.reply(e), Presentation.ofFailure(request, parameters), parameters, false);
        }
    }

    /** Refuses a method that FHIR does not have. */
    void refuseMethod(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = new Problem.NotSupported(
                List.of(Fault.at("method", "not-supported", "FHIR has no such method as " + request.getMethod())));
        response.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
        replies.write(request, response, Presentation.ofFailure(request, List.of()), Outcomes.reply(problem));
    }

    /** The CapabilityStatement for a base address, as JSON. */
    byte[] capabilities(String base) {
        return router.dispatch(new FhirRequest(
                        FhirRequest.Method.GET,
                        base,
                        List.of("metadata"),
                        List.<Map.Entry<String, String>>of(),
                        FhirRequest.Conditions.NONE,
                        new FhirRequest.Prefer(FhirRequest.Prefer.Return.REPRESENTATION, false),
                        new FhirRequest.Content.None(),
                        ""))
                .json();
    }
}
