package org.countyhub.kernel;

import java.util.List;

/**
 * Everything the domain can refuse, one case each; an edge translates a case once (HTTP to a status and an
 * OperationOutcome, DIMSE to a status, MLLP to AE or AR). FHIR R4 section 3.1.0 (RESTful API) names the HTTP statuses.
 */
public sealed interface Problem {
    /** What is wrong and where; at least one. */
    List<Fault> faults();

    /** The request cannot be understood: malformed JSON or XML, a wrong type, an unknown element, a bad id. */
    record Malformed(List<Fault> faults) implements Problem {}

    /** A search parameter, modifier, prefix or value that the server does not understand or does not offer. */
    record BadSearch(List<Fault> faults) implements Problem {}

    /** Well-formed, but against a rule of FHIR or of the county, such as a reference to nothing. */
    record Unprocessable(List<Fault> faults) implements Problem {}

    /** No such resource, type or operation. */
    record NotFound(List<Fault> faults) implements Problem {}

    /** The resource was deleted; {@code location} is the relative address of its last version. */
    record Gone(List<Fault> faults, String location) implements Problem {}

    /** If-Match named another version than the current one. */
    record StaleVersion(List<Fault> faults) implements Problem {}

    /** A condition matched more resources than it may. */
    record MultipleMatches(List<Fault> faults) implements Problem {}

    /** The change contradicts what is stored, such as a delete of something still referenced. */
    record Conflict(List<Fault> faults) implements Problem {}

    /** The caller may not do this. */
    record Forbidden(List<Fault> faults) implements Problem {}

    /** The interaction is not offered here; {@code offered} are the methods that are. */
    record NotSupported(List<Fault> faults, List<String> offered) implements Problem {}

    /** The Content-Type is not one the interaction takes. */
    record UnsupportedMedia(List<Fault> faults) implements Problem {}

    /** None of the formats asked for can be given. */
    record NotAcceptable(List<Fault> faults) implements Problem {}

    /** The body is larger than the server takes. */
    record TooLarge(List<Fault> faults) implements Problem {}

    /** The work exceeds what one request may cost, such as a search that runs past its time. */
    record TooCostly(List<Fault> faults) implements Problem {}

    /** The server has no room for this now; the same request may go through later. */
    record Busy(List<Fault> faults, int retryAfterSeconds) implements Problem {}

    /** This problem as an exception. */
    default ProblemException exception() {
        return new ProblemException(this);
    }

    /** The same problem with other words for it. */
    default Problem with(List<Fault> faults) {
        return switch (this) {
            case Malformed ignored -> new Malformed(faults);
            case BadSearch ignored -> new BadSearch(faults);
            case Unprocessable ignored -> new Unprocessable(faults);
            case NotFound ignored -> new NotFound(faults);
            case Gone gone -> new Gone(faults, gone.location());
            case StaleVersion ignored -> new StaleVersion(faults);
            case MultipleMatches ignored -> new MultipleMatches(faults);
            case Conflict ignored -> new Conflict(faults);
            case Forbidden ignored -> new Forbidden(faults);
            case NotSupported other -> new NotSupported(faults, other.offered());
            case UnsupportedMedia ignored -> new UnsupportedMedia(faults);
            case NotAcceptable ignored -> new NotAcceptable(faults);
            case TooLarge ignored -> new TooLarge(faults);
            case TooCostly ignored -> new TooCostly(faults);
            case Busy busy -> new Busy(faults, busy.retryAfterSeconds());
        };
    }

    static ProblemException malformed(Fault fault) {
        return new Malformed(List.of(fault)).exception();
    }

    static ProblemException badSearch(String parameter, String diagnostics) {
        return new BadSearch(List.of(Fault.at(parameter, "not-supported", diagnostics))).exception();
    }

    static ProblemException unprocessable(Fault fault) {
        return new Unprocessable(List.of(fault)).exception();
    }

    static ProblemException notFound(String diagnostics) {
        return new NotFound(List.of(Fault.of("not-found", diagnostics))).exception();
    }

    static ProblemException conflict(String diagnostics) {
        return new Conflict(List.of(Fault.of("conflict", diagnostics))).exception();
    }

    static ProblemException busy(String diagnostics, int retryAfterSeconds) {
        return new Busy(List.of(Fault.of("throttled", diagnostics)), retryAfterSeconds).exception();
    }
}
