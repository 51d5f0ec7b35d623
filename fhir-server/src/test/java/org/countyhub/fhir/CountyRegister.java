package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The patients and persons of a server, as hospitals and stewards see and change them. Keys are {@code Type/id}. */
public record CountyRegister(TestHub hub) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A body that must have come with the status. */
    public static ObjectNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        try {
            return (ObjectNode) JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a patient and gives its key. */
    public String admit(Resident resident) {
        return create("Patient", resident.toString());
    }

    /** Writes a resource and gives its key. */
    public String create(String type, String resource) {
        return type + "/" + json(hub.post("/" + type, resource), 201).path("id").asText();
    }

    public ObjectNode read(String key) {
        return json(hub.get("/" + key), 200);
    }

    /** The content without the stamps of a version. */
    public JsonNode content(String key) {
        ObjectNode resource = read(key);
        ((ObjectNode) resource.path("meta")).remove(List.of("versionId", "lastUpdated"));
        return resource;
    }

    /** The resources that a search finds. */
    public List<JsonNode> found(String search) {
        List<JsonNode> found = new ArrayList<>();
        json(hub.get("/" + search), 200).path("entry").forEach(entry -> found.add(entry.path("resource")));
        return found;
    }

    /** The one person that a search finds. */
    public JsonNode person(String query) {
        List<JsonNode> persons = found("Person?" + query);
        assertThat(persons).as(query).hasSize(1);
        return persons.getFirst();
    }

    /** The key of the one person that a patient belongs to. */
    public String personOf(String patient) {
        return "Person/" + person("link=" + patient).path("id").asText();
    }

    /** The patients that a person links to. */
    public static List<String> links(JsonNode person) {
        List<String> links = new ArrayList<>();
        person.path("link")
                .forEach(link -> links.add(link.path("target").path("reference").asText()));
        return links;
    }

    public List<String> links(String person) {
        return links(read(person));
    }

    /** Asks for {@code Patient/$merge}, with further parameters such as {@code preview}. */
    public HttpResponse<String> merge(String source, String target, String... flags) {
        StringBuilder parameters = new StringBuilder("""
                {"resourceType":"Parameters","parameter":[
                  {"name":"source-patient","valueReference":{"reference":"%s"}},
                  {"name":"target-patient","valueReference":{"reference":"%s"}}""".formatted(source, target));
        for (String flag : flags) {
            parameters.append(",{\"name\":\"").append(flag).append("\",\"valueBoolean\":true}");
        }
        return hub.post("/Patient/$merge", parameters.append("]}").toString());
    }

    /** Asks for {@code Person/[id]/$unmerge} of a patient or a decision. */
    public HttpResponse<String> unmerge(String person, String parameter, String key) {
        return hub.post("/" + person + "/$unmerge?" + parameter + "=" + key, "{\"resourceType\":\"Parameters\"}");
    }

    /** The Task by which stewards are asked about a patient; there must be one that is open. */
    public ObjectNode question(String patient) {
        List<JsonNode> tasks = found("Task?focus=" + patient + "&status=requested,on-hold,in-progress");
        assertThat(tasks).as("questions about " + patient).hasSize(1);
        return (ObjectNode) tasks.getFirst();
    }

    /** Somebody who answers questions. */
    public String steward() {
        return create("Practitioner", "{\"resourceType\":\"Practitioner\"}");
    }

    /** Answers a question: adds the outputs to the Task as it is given, and sends it. */
    public HttpResponse<String> answer(ObjectNode task, String decision, String steward, String... persons) {
        ObjectNode answered = answered(task, decision, steward, persons);
        return hub.put("/Task/" + task.path("id").asText(), answered.toString());
    }

    /** The Task with an answer in it. */
    public static ObjectNode answered(ObjectNode task, String decision, String steward, String... persons) {
        ObjectNode answered = task.deepCopy();
        answered.putObject("owner").put("reference", steward);
        output(answered, "decision").put("valueCode", decision);
        for (String person : persons) {
            output(answered, "person").putObject("valueReference").put("reference", person);
        }
        return answered;
    }

    private static ObjectNode output(ObjectNode task, String type) {
        ObjectNode output = task.withArray("output").addObject();
        output.putObject("type")
                .putArray("coding")
                .addObject()
                .put("system", "https://countyhub.org/fhir/CodeSystem/steward-task")
                .put("code", type);
        return output;
    }
}
