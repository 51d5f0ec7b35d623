package org.countyhub.fhir.identity.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.transaction.Target;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the history in a feed: what a source did to a record of its own.
 *
 * @param target which record; null for a new one that the source has given no id
 * @param resource what it says from now on; null for a deletion
 * @param fullUrl what other entries call it, or null
 * @param place such as {@code Bundle.entry[1].resource.entry[0]}
 */
record FeedEntry(
        Method method,
        String type,
        @Nullable Target target,
        @Nullable ObjectNode resource,
        @Nullable String fullUrl,
        String place) {
    /** ITI-93 tells of patients; the RelatedPerson that a Patient links to as {@code seealso} may come with them. */
    private static final Set<String> TYPES = Set.of("Patient", "RelatedPerson");

    enum Method {
        POST,
        PUT,
        DELETE
    }

    static FeedEntry of(JsonNode entry, String place) {
        Method method = method(entry.path("request").path("method").asText(), place);
        String url = entry.path("request").path("url").asText();
        ObjectNode resource = method != Method.DELETE && entry.get("resource") instanceof ObjectNode sent ? sent : null;
        String type =
                resource == null ? typeIn(url) : resource.path("resourceType").asText();
        if (!TYPES.contains(type)) {
            throw Problem.unprocessable(Fault.at(
                    place, "not-supported", "a patient feed tells of Patient and RelatedPerson, not of " + type));
        }
        if (resource == null && method != Method.DELETE) {
            throw Problem.unprocessable(Fault.at(
                    place + ".resource", "required", "the entry says that a resource was written, but not which"));
        }
        String fullUrl =
                entry.path("fullUrl").isTextual() ? entry.path("fullUrl").asText() : null;
        FeedEntry read = new FeedEntry(method, type, null, resource, fullUrl, place);
        return new FeedEntry(method, type, read.target(entry, url), read.withOwnReferences(), fullUrl, place);
    }

    private static Method method(String sent, String place) {
        return switch (sent) {
            case "POST" -> Method.POST;
            case "PUT" -> Method.PUT;
            case "DELETE" -> Method.DELETE;
            default ->
                throw Problem.unprocessable(Fault.at(
                        place + ".request.method",
                        "not-supported",
                        "a history tells of POST, PUT and DELETE, not of " + sent));
        };
    }

    private static String typeIn(String url) {
        ResourceKey key = key(url);
        int question = url.indexOf('?');
        return key != null
                ? key.type()
                : question < 0 ? url : url.substring(url.lastIndexOf('/', question) + 1, question);
    }

    /** The resource that the end of an address names, or null. */
    private static @Nullable ResourceKey key(String url) {
        int history = url.indexOf("/_history/");
        String address = history < 0 ? url : url.substring(0, history);
        int id = address.lastIndexOf('/');
        int type = id < 0 ? -1 : address.lastIndexOf('/', id - 1);
        return id < 0 ? null : ResourceKey.ofReference(address.substring(type + 1));
    }

    /** In a history the record has been written already, so it has an id: in the resource, or in the place where it went. */
    private @Nullable Target target(JsonNode entry, String url) {
        int question = url.indexOf('?');
        if (method != Method.POST && question >= 0) {
            return new Target.ByCriteria(type, url.substring(question + 1));
        }
        ResourceKey named = method == Method.POST
                ? key(entry.path("response").path("location").asText())
                : key(url);
        String own = resource == null ? "" : resource.path("id").asText();
        String id = own.isEmpty() && named != null ? named.id() : own;
        if (id.isEmpty() && method == Method.POST) {
            return null;
        }
        if (id.isEmpty() || (named != null && !named.equals(new ResourceKey(type, id)))) {
            throw Problem.unprocessable(
                    Fault.at(place + ".request.url", "value", "the address and the resource do not name one " + type));
        }
        return new Target.ById(new ResourceKey(type, id));
    }

    /** What refers to another record of the same source by its address there is about the record here. */
    private @Nullable ObjectNode withOwnReferences() {
        if (resource == null || fullUrl == null || !fullUrl.startsWith("http")) {
            return resource;
        }
        int id = fullUrl.lastIndexOf('/');
        String base = fullUrl.substring(0, fullUrl.lastIndexOf('/', id - 1) + 1);
        for (JsonNode link : resource.path("link")) {
            relate(link.path("other"), base);
        }
        relate(resource.path("patient"), base);
        return resource;
    }

    private static void relate(JsonNode reference, String base) {
        String sent = reference.path("reference").asText();
        if (reference instanceof ObjectNode own && base.length() > 1 && sent.startsWith(base)) {
            own.put("reference", sent.substring(base.length()));
        }
    }

    /** Whether a resource is told to have been replaced by another. */
    static boolean isReplaced(JsonNode patient) {
        for (JsonNode link : patient.path("link")) {
            if (link.path("type").asText().equals("replaced-by")) {
                return true;
            }
        }
        return false;
    }
}
