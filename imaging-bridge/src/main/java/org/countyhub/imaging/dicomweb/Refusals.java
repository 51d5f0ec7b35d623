package org.countyhub.imaging.dicomweb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.countyhub.imaging.http.RefusalStatus;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one place where what went wrong below {@code /dicomweb} becomes a status and a body. */
final class Refusals implements HandlerExceptionResolver, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final ModelAndView ANSWERED = new ModelAndView();

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        String path = request.getRequestURI();
        if (!path.startsWith("/dicomweb/") && !path.equals("/dicomweb")) {
            return null;
        }
        if (response.isCommitted()) {
            return committed(path, failure);
        }
        response.resetBuffer();
        for (String header : List.of("ETag", "Content-Encoding", "Accept-Ranges", "Cache-Control")) {
            response.setHeader(header, null);
        }
        try {
            answer(response, failure);
        } catch (IOException e) {
            LOG.debug("the client is gone", e);
        }
        return ANSWERED;
    }

    /** Too late for an answer. A client that hung up is no error; anything else breaks the connection off, so that no half is taken for the whole. */
    private static @Nullable ModelAndView committed(String path, Exception failure) {
        if (failure instanceof ProblemException || !isGone(failure)) {
            LOG.error("an answer broke off: {}", path.replaceAll("[0-9.]{8,}", "*"), failure);
        }
        return null;
    }

    /** Tomcat and Spring each have exceptions of their own for a client that hung up, all of them IOExceptions by their classes' names. */
    static boolean isGone(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return name.equals("ClientAbortException") || name.equals("AsyncRequestNotUsableException");
    }

    private static void answer(HttpServletResponse response, Exception failure) throws IOException {
        switch (failure) {
            case ProblemException refused -> refuse(response, refused.problem());
            case HttpRequestMethodNotSupportedException method -> {
                String[] offered = method.getSupportedMethods();
                refuse(
                        response,
                        new Problem.NotSupported(
                                List.of(Fault.of("not-supported", "the method is not offered at this address")),
                                offered == null ? List.of("GET") : List.of(offered)));
            }
            case NoResourceFoundException ignored -> refuse(response, nothing());
            case MethodArgumentTypeMismatchException mismatch ->
                refuse(response, malformed(mismatch.getName(), "is not of the form that is taken here"));
            case ServletRequestBindingException missing ->
                refuse(response, malformed("", "a parameter is missing or of the wrong form"));
            default -> {
                if (isGone(failure)) {
                    LOG.debug("the client is gone", failure);
                    return;
                }
                String correlation = UUID.randomUUID().toString();
                LOG.error("a request failed, {}", correlation, failure);
                response.setStatus(500);
                body(response, "the server failed; its log has the reason under " + correlation);
            }
        }
    }

    private static Problem nothing() {
        return new Problem.NotFound(
                List.of(Fault.of("not-found", "there is nothing at this address; GET /dicomweb/ tells what there is")));
    }

    private static Problem malformed(String place, String why) {
        return new Problem.Malformed(List.of(Fault.at(place, "value", why)));
    }

    static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        RefusalStatus status = RefusalStatus.of(problem);
        response.setStatus(status.code());
        status.headers().forEach(response::setHeader);
        body(response, problem.faults());
    }

    /** A body that says one thing; the status is set already. */
    static void body(HttpServletResponse response, String why) throws IOException {
        body(response, List.of(Fault.of("processing", why)));
    }

    private static void body(HttpServletResponse response, List<Fault> faults) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("error", faults.getFirst().diagnostics());
            json.writeArrayFieldStart("faults");
            for (Fault fault : faults) {
                json.writeStartObject();
                json.writeStringField("code", fault.code());
                json.writeStringField("diagnostics", fault.diagnostics());
                if (fault.expression() != null) {
                    json.writeStringField("place", fault.expression());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        response.setContentType("application/json");
        response.setContentLength(out.size());
        out.writeTo(response.getOutputStream());
    }
}
