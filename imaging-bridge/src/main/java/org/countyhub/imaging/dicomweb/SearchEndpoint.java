package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countyhub.imaging.dicom.DicomJson;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.query.Asked;
import org.countyhub.imaging.study.query.Fields;
import org.countyhub.imaging.study.query.Key;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.imaging.study.query.QueryParser;
import org.countyhub.imaging.study.query.QueryResult;
import org.countyhub.imaging.study.query.QueryStore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** QIDO-RS (PS3.18 section 10.6). What finds nothing is answered with an empty array. */
@RestController
final class SearchEndpoint {
    private static final String STUDIES = Bases.PATH + "/studies";

    private final QueryStore store;
    private final PatientDirectory directory;
    private final Asking asking;
    private final Bases bases;

    SearchEndpoint(QueryStore store, PatientDirectory directory, Asking asking, Bases bases) {
        this.store = store;
        this.directory = directory;
        this.asking = asking;
        this.bases = bases;
    }

    @GetMapping(STUDIES)
    void studies(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(Level.STUDY, Map.of(), request, response);
    }

    @GetMapping({Bases.PATH + "/series", STUDIES + "/{study}/series"})
    void series(@PathVariable Optional<String> study, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answer(Level.SERIES, path(study, Optional.empty()), request, response);
    }

    @GetMapping({
        Bases.PATH + "/instances",
        STUDIES + "/{study}/instances",
        STUDIES + "/{study}/series/{series}/instances"
    })
    void instances(
            @PathVariable Optional<String> study,
            @PathVariable Optional<String> series,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer(Level.IMAGE, path(study, series), request, response);
    }

    private static Map<Key, String> path(Optional<String> study, Optional<String> series) {
        Map<Key, String> path = new EnumMap<>(Key.class);
        study.ifPresent(uid -> path.put(Key.StudyInstanceUID, Instances.checked("study", uid)));
        series.ifPresent(uid -> path.put(Key.SeriesInstanceUID, Instances.checked("series", uid)));
        return path;
    }

    private void answer(Level level, Map<Key, String> path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Accepted.json(request);
        Source source = asking.source(request);
        Asked asked = QueryParser.ofParameters(
                level, path, parameters(request), (issuer, id) -> directory.patients(source, issuer, id));
        Query query = asked.query();
        Fields told = QidoAttributes.told(
                level,
                !path.containsKey(Key.StudyInstanceUID),
                !path.containsKey(Key.SeriesInstanceUID),
                asked.fields());
        // One more than is told, to know whether there is more.
        List<QueryResult> found = store.find(query.within(asking.reach(request, query), query.limit() + 1), told);
        response.setHeader("Cache-Control", "private, no-cache");
        if (found.size() > query.limit()) {
            response.setHeader(
                    "Warning",
                    "299 " + bases.of(request) + " \"There are more results; ask for them with offset="
                            + (query.offset() + query.limit()) + "\"");
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.write('[');
        String base = bases.of(request);
        for (QueryResult result : found.subList(0, Math.min(found.size(), query.limit()))) {
            if (json.size() > 1) {
                json.write(',');
            }
            DicomJson.write(QidoAttributes.of(result, level, told, source, base), json, (element, place) -> "");
        }
        json.write(']');
        Reply.json(request, response, Accepted.DICOM_JSON, json.toByteArray());
    }

    private static Map<String, List<String>> parameters(HttpServletRequest request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, Arrays.asList(values)));
        return parameters;
    }
}
