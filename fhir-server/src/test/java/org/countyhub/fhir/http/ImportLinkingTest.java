package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An import gives patients the persons that single writes would. */
class ImportLinkingTest {
    private static final List<String> FAMILIES = List.of("陈", "王", "林", "黄", "曾");
    private static final List<String> GIVEN = List.of("志强", "智强", "丽华", "小明", "晓明", "建国", "秀英", "单");
    private static final String MEMBERS = """
            select string_agg(r.fhir_id, ' ' order by r.fhir_id) from person_link l join resource r on r.id = l.patient
            group by l.person order by 1""";
    private static final String ASSURANCES = """
            select r.fhir_id || ' ' || l.assurance from person_link l join resource r on r.id = l.patient order by 1""";
    private static final String KEYS = """
            select r.fhir_id || ' ' || k.key from person_key k join resource r on r.id = k.patient order by 1""";
    private static final String COUNTS = """
            select t.name || ' ' || count(*) from resource r join resource_type t on t.id = r.type
            group by t.name order by 1""";
    private static final String WITHOUT_SAID = "select patient::text from person_link where said is null";

    private static TestHub single;
    private static TestHub imported;

    @BeforeAll
    static void start() {
        single = TestHub.start();
        imported = TestHub.start();
    }

    @AfterAll
    static void stop() {
        single.close();
        imported.close();
    }

    private static List<String> query(TestHub hub, String sql) {
        try (Connection connection = hub.database().source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Records of people with few names, few birthdays and shared phones, at two or three hospitals, some with slips. */
    private static List<String> records(String prefix, int people) {
        Random random = new Random(7);
        List<List<String>> hospitals = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < people; i++) {
            String family = FAMILIES.get(random.nextInt(FAMILIES.size()));
            String given = GIVEN.get(random.nextInt(GIVEN.size()));
            String birthDate =
                    "19%02d-0%d-1%d".formatted(40 + random.nextInt(50), 1 + random.nextInt(9), random.nextInt(9));
            String phone = "1380000%04d".formatted(random.nextInt(people));
            boolean carded = random.nextInt(3) > 0;
            boolean newborn = random.nextInt(12) == 0;
            for (int h = 0; h < hospitals.size(); h++) {
                if (h > 0 && random.nextBoolean()) {
                    continue;
                }
                ObjectNode patient = Answers.JSON.createObjectNode();
                patient.put("resourceType", "Patient").put("id", prefix + h + "-" + i);
                ObjectNode name = patient.putArray("name").addObject();
                if (newborn) {
                    name.put("text", family + given + "之子");
                } else {
                    name.put("family", random.nextInt(10) == 0 ? "程" : family)
                            .putArray("given")
                            .add(given);
                }
                patient.put("gender", given.length() == 1 ? "female" : "male");
                patient.put(
                        "birthDate",
                        random.nextInt(10) == 0 ? birthDate.substring(0, 8) + "2" + birthDate.charAt(9) : birthDate);
                patient.putArray("telecom").addObject().put("system", "phone").put("value", phone);
                patient.putArray("address")
                        .addObject()
                        .put("city", "泉州市")
                        .put("district", "南安市")
                        .putArray("line")
                        .add("金山村" + i % 40 + "号");
                if (carded && random.nextInt(4) > 0) {
                    patient.putArray("identifier")
                            .addObject()
                            .put("system", "urn:oid:2.16.156.10011.1.15")
                            .put("value", "3505830001%010d".formatted(i));
                }
                if (newborn && random.nextBoolean()) {
                    patient.put("multipleBirthInteger", 1 + random.nextInt(2));
                }
                hospitals.get(h).add(patient.toString());
            }
        }
        return hospitals.stream().flatMap(List::stream).toList();
    }

    /** The Persons without what tells when and as which they were made. */
    private static Set<String> persons(TestHub hub) {
        Set<String> persons = new TreeSet<>();
        String page = "/Person?_count=200";
        while (page != null) {
            ObjectNode bundle = json(hub.get(page), 200);
            for (JsonNode entry : bundle.path("entry")) {
                ObjectNode person = (ObjectNode) entry.path("resource");
                person.remove(List.of("id", "meta"));
                persons.add(person.toString());
            }
            page = Answers.next(bundle).orElse(null);
        }
        return persons;
    }

    /** Of one chunk; those of several may be told apart in another order, as of writers that meet. */
    @Test
    void whoIsWhoIsDecidedAsBySingleWrites() {
        List<String> records = records("a-", 115);
        assertThat(records).hasSizeBetween(200, 250);
        for (String record : records) {
            String id = json(record).path("id").asText();
            assertThat(single.put("/Patient/" + id, record).statusCode())
                    .as(record)
                    .isEqualTo(201);
        }
        ObjectNode answer = json(
                imported.post("/$import", String.join("\n", records), "Content-Type", "application/fhir+ndjson"), 200);
        assertThat(answer.at("/parameter/0/valueInteger").asInt())
                .as(answer.toString())
                .isEqualTo(records.size());

        assertThat(query(imported, MEMBERS)).isEqualTo(query(single, MEMBERS)).hasSizeLessThan(records.size() * 2 / 3);
        assertThat(query(imported, ASSURANCES)).isEqualTo(query(single, ASSURANCES));
        assertThat(query(imported, KEYS)).isEqualTo(query(single, KEYS));
        assertThat(query(imported, WITHOUT_SAID)).isEmpty();
        assertThat(persons(imported)).isEqualTo(persons(single));
        assertThat(query(imported, COUNTS)).isEqualTo(query(single, COUNTS));
    }
}
