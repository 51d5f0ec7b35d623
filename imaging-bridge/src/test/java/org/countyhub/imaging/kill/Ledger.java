package org.countyhub.imaging.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.countyhub.imaging.ImagingProcess;
import org.countyhub.imaging.dicom.Part10;

/** Which slices were ever sent, and which of them were acknowledged; and what the bridge must therefore have. */
final class Ledger {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 1_000;

    private final Map<String, Slice> sent = new ConcurrentHashMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    void sending(Slice slice) {
        sent.put(slice.uid(), slice);
    }

    void acknowledged(Slice slice) {
        acknowledged.add(slice.uid());
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /**
     * Every acknowledged slice is found once and comes back as it was sent, nothing is found that was not sent, and whatever is found comes
     * back whole, acknowledged or not. Counts are those of what is found.
     */
    void requireKept(ImagingProcess bridge, Path dataDirectory) throws IOException, SQLException {
        Set<String> found = new HashSet<>();
        Map<String, List<Slice>> studies = sent.values().stream().collect(Collectors.groupingBy(Slice::study));
        for (Map.Entry<String, List<Slice>> study : studies.entrySet()) {
            Set<String> ofStudy = instances(bridge, study.getKey());
            requireCounts(bridge, study.getKey(), study.getValue(), ofStudy);
            found.addAll(ofStudy);
        }
        assertThat(sent.keySet()).as("nothing is made up").containsAll(found);
        assertThat(found).as("everything acknowledged is found").containsAll(acknowledged);
        found.stream().map(sent::get).toList().parallelStream().forEach(slice -> requireWhole(bridge, slice));
        assertThat(rows(dataDirectory, "instance")).as("nothing is hidden").isEqualTo(found.size());
        assertThat(rows(dataDirectory, "quarantine"))
                .as("what is sent again is no other")
                .isZero();
    }

    /** The UIDs of a study's instances, each found once. */
    private static Set<String> instances(ImagingProcess bridge, String study) throws IOException {
        JsonNode found = search(bridge, "/studies/" + study + "/instances?limit=" + PAGE);
        Set<String> uids = new TreeSet<>();
        for (JsonNode instance : found) {
            assertThat(uids.add(text(instance, "00080018"))).as("found once").isTrue();
        }
        assertThat(uids).hasSizeLessThan(PAGE);
        return uids;
    }

    private static void requireCounts(ImagingProcess bridge, String study, Collection<Slice> slices, Set<String> found)
            throws IOException {
        JsonNode counted = search(bridge, "/studies?StudyInstanceUID=" + study);
        if (found.isEmpty()) {
            assertThat(counted.size()).as("no study without instances").isZero();
            return;
        }
        assertThat(counted.size()).isEqualTo(1);
        Map<String, Integer> ofSeries = new HashMap<>();
        for (Slice slice : slices) {
            if (found.contains(slice.uid())) {
                ofSeries.merge(slice.series(), 1, Integer::sum);
            }
        }
        assertThat(number(counted.get(0), "00201208"))
                .as("instances of %s", study)
                .isEqualTo(found.size());
        assertThat(number(counted.get(0), "00201206")).as("series of %s", study).isEqualTo(ofSeries.size());
        Map<String, Integer> told = new HashMap<>();
        for (JsonNode series : search(bridge, "/studies/" + study + "/series")) {
            told.put(text(series, "0020000E"), number(series, "00201209"));
        }
        assertThat(told).as("series of %s", study).isEqualTo(ofSeries);
    }

    private static JsonNode search(ImagingProcess bridge, String path) throws IOException {
        HttpResponse<byte[]> answer = bridge.get(path, "application/dicom+json");
        assertThat(answer.statusCode()).as(path).isIn(200, 204);
        return answer.statusCode() == 204 ? JSON.createArrayNode() : JSON.readTree(answer.body());
    }

    private static String text(JsonNode dataset, String tag) {
        return dataset.path(tag).path("Value").path(0).asText();
    }

    private static int number(JsonNode dataset, String tag) {
        return dataset.path(tag).path("Value").path(0).asInt();
    }

    private static void requireWhole(ImagingProcess bridge, Slice slice) {
        HttpResponse<byte[]> answer = bridge.get(slice.path(), "application/dicom; transfer-syntax=*");
        assertThat(answer.statusCode()).as(slice.path()).isEqualTo(200);
        try (InputStream in = new ByteArrayInputStream(answer.body())) {
            assertThat(Part10.read(in).sopInstanceUid()).isEqualTo(slice.uid());
            assertThat(in.readAllBytes()).as(slice.path()).isEqualTo(slice.dataset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int rows(Path dataDirectory, String table) throws IOException, SQLException {
        String url = Files.readString(dataDirectory.resolve("database.url")).strip();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from imaging." + table)) {
            row.next();
            return row.getInt(1);
        }
    }
}
