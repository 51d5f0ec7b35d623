package org.countyhub.bench.imaging;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.countyhub.bench.load.CpuMeter;
import org.countyhub.bench.load.HttpConnection;
import org.countyhub.bench.load.Load;
import org.countyhub.bench.load.LoadFailure;
import org.countyhub.bench.load.Measurement;
import org.countyhub.bench.load.Percentiles;
import org.countyhub.bench.load.Row;

/** What doctors ask for studies by (PS3.18 section 10.6), with few and with many of them there. */
final class QueryRun {
    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final int CONNECTIONS = 2;
    private static final int DIFFERENT = 2_000;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");

    private QueryRun() {}

    /**
     * A kind of question about a study that is there.
     *
     * @param answered whether the answer must hold something
     */
    private record Question(String words, boolean answered, Function<IndexFill.Study, String> query) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question("PatientID", true, study -> "PatientID=" + study.patientId()),
            new Question("AccessionNumber", true, study -> "AccessionNumber=" + study.accession()),
            new Question("StudyInstanceUID", true, study -> "StudyInstanceUID=" + study.uid() + "&includefield=all"),
            new Question("PatientName=…*", true, study -> "PatientName=" + beginning(study.name()) + "*&limit=25"),
            new Question(
                    "StudyDate and ModalitiesInStudy",
                    true,
                    study -> "StudyDate=" + study.day().format(DATE) + "&ModalitiesInStudy=" + study.modality()
                            + "&limit=25"),
            new Question("StudyDate of 30 days", true, study -> "StudyDate=" + range(study.day()) + "&limit=25"),
            new Question("nothing, newest first", true, study -> "limit=25"));

    /** The family name, or all of one without. */
    private static String beginning(String name) {
        int caret = name.indexOf('^');
        return encoded(caret < 0 ? name : name.substring(0, caret));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String range(LocalDate day) {
        return day.minusDays(15).format(DATE) + "-" + day.plusDays(14).format(DATE);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asked(Question question, byte[] request) {}

    static void run(Session session) {
        instances(session);
        int few = session.scaled(FEW, 50);
        int many = session.scaled(MANY, 500);
        IndexFill index = new IndexFill(many);
        index.add(session.bridge().database(), 0, few);
        measure(session, index, few, RowNames.QUERY_SMALL, false);
        index.add(session.bridge().database(), few, many);
        measure(session, index, many, RowNames.QUERY, true);
    }

    /** What a viewer asks for before it asks for images: the longest answer that there is. */
    private static void instances(Session session) {
        Corpus series = session.stored("mr", () -> StoreRun.mrStudies(session));
        Sent one = series.instances().getFirst();
        DicomWeb web = session.bridge().web();
        byte[] request = web.get(
                "studies/" + one.studyUid() + "/series/" + one.seriesUid() + "/instances?limit=1000", DicomWeb.JSON);
        int length;
        try (HttpConnection connection = new HttpConnection(web.base())) {
            connection.exchange(request);
            Load.requireStatus(request, connection, 200);
            length = connection.bodyLength();
        }
        Load.send(web.base(), 1, session.volume(100, 20), index -> request);
        CpuMeter meter = session.bridge().meter();
        Measurement measurement = Load.send(web.base(), 1, session.volume(200, 20), index -> request);
        Percentiles percentiles = measurement.percentiles();
        long count = series.instances().stream()
                .filter(sent -> sent.seriesUid().equals(one.seriesUid()))
                .count();
        session.add(Row.of(RowNames.QUERY_INSTANCES, percentiles.p50(), "ms")
                .with(percentiles)
                .with(meter.cost(measurement.sent()))
                .noting("%,d instances, %,.0f KB".formatted(count, length / 1024.0)));
    }

    private static void measure(Session session, IndexFill index, int studies, String name, boolean groups) {
        DicomWeb web = session.bridge().web();
        Random random = new Random(23);
        List<Asked> asked = IntStream.range(0, DIFFERENT)
                .mapToObj(i -> {
                    Question question = QUESTIONS.get(i % QUESTIONS.size());
                    String query = question.query.apply(index.study(random.nextInt(studies)));
                    return new Asked(question, web.get("studies?" + query, DicomWeb.JSON));
                })
                .toList();
        Load.Scenario scenario = scenario(asked);
        Load.send(web.base(), CONNECTIONS, session.volume(1_400, 140), scenario);
        CpuMeter meter = session.bridge().meter();
        Measurement measurement = Load.send(web.base(), CONNECTIONS, session.volume(7_000, 350), scenario);
        Percentiles all = measurement.percentiles();
        session.add(Row.of(name, all.p50(), "ms")
                .with(all)
                .with(meter.cost(measurement.sent()))
                .noting("%,d studies, %,.0f/s over %d connections"
                        .formatted(studies, measurement.perSecond(), CONNECTIONS)));
        for (int kind = 0; groups && kind < QUESTIONS.size(); kind++) {
            int number = kind;
            Percentiles of = measurement.percentiles(i -> i % DIFFERENT % QUESTIONS.size() == number);
            session.add(Row.of("QIDO-RS by " + QUESTIONS.get(kind).words, of.p50(), "ms")
                    .with(of));
        }
    }

    private static Load.Scenario scenario(List<Asked> asked) {
        return new Load.Scenario() {
            @Override
            public byte[] request(int index) {
                return asked.get(index % DIFFERENT).request;
            }

            @Override
            public void answered(int index, byte[] request, HttpConnection answer) {
                Question question = asked.get(index % DIFFERENT).question;
                // Nothing found is 204, or 200 with an empty list.
                boolean found = answer.status() == 200 && answer.bodyLength() > 2;
                if ((answer.status() != 204 && answer.status() != 200) || (question.answered && !found)) {
                    throw new LoadFailure(new String(request, StandardCharsets.US_ASCII)
                                    .lines()
                                    .findFirst()
                                    .orElse("") + " answered " + answer.status() + ":\n" + answer.bodyText());
                }
            }
        };
    }
}
