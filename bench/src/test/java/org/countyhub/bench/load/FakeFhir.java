package org.countyhub.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** As much of a FHIR server, in memory, as the load scenarios need to run through. Refuses searches by quantity. */
final class FakeFhir implements Function<String, String> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> resources = new LinkedHashMap<>();
    private final Map<String, List<ObjectNode>> bySubject = new LinkedHashMap<>();
    private final Map<String, ObjectNode> byCard = new LinkedHashMap<>();
    private int nextId = 1;

    @Override
    public synchronized String apply(String request) {
        String[] line = request.substring(0, request.indexOf('\n')).split(" ", -1);
        String body = request.substring(request.indexOf('\n') + 1);
        String path = line[1].replaceFirst("^/fhir/?", "");
        return switch (line[0]) {
            case "POST" -> path.isEmpty() ? transaction(body) : create(body);
            case "PUT" -> put(path, body);
            case "DELETE" -> resources.remove(path) == null ? notFound() : FakeServer.answer("204 No Content", "");
            default -> path.contains("?") ? search(path) : read(path);
        };
    }

    private String read(String path) {
        ObjectNode resource = resources.get(path);
        return path.equals("metadata") ? FakeServer.ok("{}") : resource == null ? notFound() : ok(resource);
    }

    private String create(String body) {
        String reference = store(parse(body));
        return FakeServer.answer("201 Created", "{}", "Location: http://fake/fhir/" + reference + "/_history/1");
    }

    private String put(String path, String body) {
        ObjectNode resource = parse(body);
        int version = resources.get(path) == null
                ? 0
                : resources.get(path).at("/meta/versionId").asInt();
        resource.putObject("meta").put("versionId", Integer.toString(version + 1));
        resources.put(path, resource);
        return ok(resource);
    }

    private String transaction(String body) {
        ObjectNode answer = JSON.createObjectNode().put("type", "transaction-response");
        Map<String, String> references = new LinkedHashMap<>();
        for (JsonNode entry : parse(body).path("entry")) {
            ObjectNode resource = (ObjectNode) entry.path("resource");
            if (entry.at("/request/method").asText().equals("PUT")) {
                put(entry.at("/request/url").asText(), resource.toString());
                respond(answer, "200 OK", entry.at("/request/url").asText());
                continue;
            }
            ObjectNode known = entry.at("/request/ifNoneExist").isMissingNode() ? null : byCard.get(card(resource));
            String reference = known == null
                    ? store(resource)
                    : "Patient/" + known.path("id").asText();
            references.put(entry.path("fullUrl").asText(), reference);
            resource.findParents("reference").forEach(parent -> ((ObjectNode) parent)
                    .put(
                            "reference",
                            references.getOrDefault(
                                    parent.path("reference").asText(),
                                    parent.path("reference").asText())));
            index(resource);
            respond(answer, known == null ? "201 Created" : "200 OK", reference);
        }
        return ok(answer);
    }

    private static void respond(ObjectNode answer, String status, String reference) {
        answer.withArray("entry")
                .addObject()
                .putObject("response")
                .put("status", status)
                .put("location", reference + "/_history/1");
    }

    private String store(ObjectNode resource) {
        String id = Integer.toString(nextId++);
        String reference = resource.path("resourceType").asText() + "/" + id;
        resource.put("id", id).putObject("meta").put("versionId", "1");
        resources.put(reference, resource);
        if (reference.startsWith("Patient/")) {
            byCard.put(card(resource), resource);
        }
        return reference;
    }

    private void index(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        String subject = resource.at("/subject/reference").asText();
        bySubject
                .computeIfAbsent(type + " " + subject, key -> new ArrayList<>())
                .add(resource);
    }

    private static String card(JsonNode patient) {
        return patient.at("/identifier/0/value").asText();
    }

    private String search(String path) {
        String query = java.net.URLDecoder.decode(path, java.nio.charset.StandardCharsets.UTF_8);
        if (query.contains("quantity=")) {
            return FakeServer.answer("400 Bad", "{\"issue\":[{\"diagnostics\":\"no search by quantity\"}]}");
        }
        ObjectNode bundle = JSON.createObjectNode().put("type", "searchset");
        bundle.putArray("entry");
        String type = query.substring(0, query.indexOf('?'));
        String subject = query.replaceFirst(".*subject=([^&]*).*", "$1");
        if (query.contains("identifier=")) {
            ObjectNode patient = byCard.get(query.substring(query.lastIndexOf('|') + 1));
            if (patient != null && type.equals("Patient")) {
                match(bundle, patient);
            } else if (patient != null) {
                matches(bundle, type, "Patient/" + patient.path("id").asText());
            }
        } else if (query.contains("subject=")) {
            matches(bundle, type, subject);
        }
        if (query.contains("_include")) {
            List<JsonNode> reports = new ArrayList<>();
            bundle.path("entry").forEach(reports::add);
            reports.forEach(report -> report.at("/resource/result").forEach(result -> bundle.withArray("entry")
                    .addObject()
                    .putObject("search")
                    .put("mode", "include")));
        }
        int page = query.contains("page=") ? Integer.parseInt(query.replaceFirst(".*page=", "")) : 1;
        bundle.putArray("link")
                .addObject()
                .put("relation", "next")
                .put("url", "http://fake/fhir/" + type + "?page=" + (page + 1));
        return ok(bundle);
    }

    private void matches(ObjectNode bundle, String type, String subject) {
        bySubject.getOrDefault(type + " " + subject, List.of()).forEach(resource -> match(bundle, resource));
    }

    private static void match(ObjectNode bundle, ObjectNode resource) {
        ObjectNode entry = bundle.withArray("entry").addObject();
        entry.set("resource", resource);
        entry.putObject("search").put("mode", "match");
    }

    private static ObjectNode parse(String body) {
        return (ObjectNode) Answers.json(body.getBytes(ISO_8859_1));
    }

    private static String notFound() {
        return FakeServer.answer("404 Not Found", "{}");
    }

    private static String ok(ObjectNode json) {
        return FakeServer.ok(new String(json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), ISO_8859_1));
    }
}
