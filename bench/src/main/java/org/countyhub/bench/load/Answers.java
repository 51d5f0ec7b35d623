package org.countyhub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reading what a FHIR server answered, outside of the measured time. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new LoadFailure("an answer that is not JSON", e);
        }
    }

    static JsonNode json(HttpConnection answer) {
        return json(answer.bodyCopy());
    }

    /** The reference {@code Type/id} in a Location, which may be absolute and may name a version. */
    static String reference(String location) {
        String unversioned = location.replaceFirst("/_history/.*$", "");
        int idStart = unversioned.lastIndexOf('/');
        int typeStart = idStart < 0 ? -1 : unversioned.lastIndexOf('/', idStart - 1);
        if (idStart <= 0) {
            throw new LoadFailure("not the address of a resource: " + location);
        }
        return unversioned.substring(typeStart + 1);
    }

    /** The reference to what a create answered with. */
    static String created(HttpConnection answer) {
        String location = answer.location();
        if (location == null) {
            throw new LoadFailure("a create answered " + answer.status() + " without Location:\n" + answer.bodyText());
        }
        return reference(location);
    }

    /** One entry of a transaction-response: its status, and the reference where it has a location. */
    record Entry(int status, Optional<String> reference) {}

    /** The entries of a transaction-response; a status other than 200 or 201 is a {@link LoadFailure}. */
    static List<Entry> entries(byte[] body, int expected) {
        JsonNode bundle = json(body);
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode response = entry.path("response");
            String status = response.path("status").asText();
            if (!status.startsWith("200") && !status.startsWith("201")) {
                throw new LoadFailure("an entry of a transaction answered '" + status + "': " + entry);
            }
            Optional<String> location =
                    Optional.ofNullable(response.path("location").textValue()).map(Answers::reference);
            entries.add(new Entry(Integer.parseInt(status.substring(0, 3)), location));
        }
        if (entries.size() != expected) {
            throw new LoadFailure(entries.size() + " entries in a transaction-response, not " + expected);
        }
        return entries;
    }

    /** The link of a searchset with a relation such as {@code next}. */
    static Optional<String> link(JsonNode bundle, String relation) {
        for (JsonNode link : bundle.path("link")) {
            if (link.path("relation").asText().equals(relation)) {
                return Optional.of(link.path("url").asText());
            }
        }
        return Optional.empty();
    }

    /** How many entries of a searchset have the mode {@code match} or {@code include}. */
    static int count(JsonNode bundle, String mode) {
        int count = 0;
        for (JsonNode entry : bundle.path("entry")) {
            if (entry.path("search").path("mode").asText("match").equals(mode)) {
                count++;
            }
        }
        return count;
    }
}
