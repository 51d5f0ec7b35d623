package org.countyhub.fhir.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipException;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * {@code POST [base]/$import} with a body of newline-delimited JSON of any size, as a Bulk Data export writes it
 * (HL7 FHIR Bulk Data Access 2.0, section on output files): every line is a resource with its id, and an update of it. The body
 * is written while it comes in and never held; it may be sent again, and lines that change nothing make no version.
 */
final class ImportEndpoint {
    static final String NAME = "$import";

    private static final Set<String> NDJSON =
            Set.of("application/fhir+ndjson", "application/ndjson", "application/x-ndjson");
    private static final int MAX_LINE_BYTES = 8 * 1024 * 1024;
    private static final int AT_ONCE = 2;
    private static final int WAIT_SECONDS = 10;

    private final TransactionService transactions;
    private final ResourceParser parser;
    private final int maxLineBytes;
    private final Semaphore running = new Semaphore(AT_ONCE, true);

    ImportEndpoint(TransactionService transactions, ResourceParser parser, int maxBodyBytes) {
        this.transactions = transactions;
        this.parser = parser;
        this.maxLineBytes = Math.min(maxBodyBytes, MAX_LINE_BYTES);
    }

    /** Whether the body of the request is to be written line by line. */
    static boolean isMeant(HttpServletRequest http) {
        return http.getMethod().equals("POST")
                && http.getContentType() != null
                && NDJSON.contains(MediaType.parse(http.getContentType()).name())
                && Router.segments(Addresses.path(http)).equals(List.of(NAME));
    }

    /** The refusal of a body that is something else. */
    static RuntimeException otherBody() {
        return new Problem.UnsupportedMedia(
                        List.of(Fault.at("Content-Type", "not-supported", NAME + " takes application/fhir+ndjson")))
                .exception();
    }

    Reply run(HttpServletRequest http, FhirRequest request) throws IOException {
        KnownParameters.GENERAL.require(request);
        if (!MediaType.parse(http.getContentType()).utf8()) {
            throw new Problem.UnsupportedMedia(
                            List.of(Fault.at("Content-Type", "not-supported", "newline-delimited JSON is UTF-8")))
                    .exception();
        }
        try {
            if (!running.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.busy(AT_ONCE + " imports are running", WAIT_SECONDS);
            }
            try (InputStream body = BodyBudget.plain(http)) {
                ImportRun run = new ImportRun(transactions, parser, maxLineBytes);
                return Reply.of(
                        200, run.run(new NdjsonLines(body, maxLineBytes)).json());
            } finally {
                running.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.busy("the server is stopping", WAIT_SECONDS);
        } catch (ZipException e) {
            throw BodyBudget.notGzip();
        } catch (EOFException e) {
            throw Problem.malformed(Fault.of("incomplete", "the body breaks off; what came before is stored"));
        }
    }
}
