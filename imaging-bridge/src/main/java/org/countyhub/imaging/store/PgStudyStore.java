package org.countyhub.imaging.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.Instance;
import org.countyhub.imaging.study.Metadata;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.lifecycle.StudyState;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** The index of studies in PostgreSQL. */
public final class PgStudyStore implements StudyStore {
    private static final int FETCH = 500;

    private static final String STORED = """
            select t.study_uid, s.series_uid, i.sop_instance_uid, i.sop_class_uid, i.transfer_syntax, t.patient_system, t.patient_id,
                   i.patient_corrected, i.blob, i.dataset_position, i.size, i.digest, i.frames
              from instance i join series s on s.id = i.series join study t on t.id = s.study
            """;
    private static final String ORDER = " order by s.number nulls last, s.id, i.number nulls last, i.sop_instance_uid";
    private static final String STUDY = """
            select t.id, t.study_uid, t.patient_system, t.patient_id, t.source, t.version, t.first_received, t.last_received, t.instances,
                   t.bytes, t.attributes, t.state
              from study t
            """;
    private static final String SERIES = """
            select s.series_uid, s.modality, s.instances, s.attributes,
                   (select array_agg(c.uid || ' ' || c.n order by c.uid) from (
                      select i.sop_class_uid uid, count(*) n from instance i where i.series = s.id group by 1) c)
              from series s where s.study = ? order by s.number nulls last, s.id
            """;

    private final Db db;
    private final Statements statements;
    private final Function<String, Source> sources;
    /** What is asked of every study besides. */
    private final Sql only;

    /**
     * A store.
     *
     * @param sources the hospitals by the ids under which studies are kept
     */
    public PgStudyStore(Db db, Function<String, Source> sources) {
        this(db, sources, Sql.EMPTY);
    }

    private PgStudyStore(Db db, Function<String, Source> sources, Sql only) {
        this.db = db;
        this.statements = new Statements(db);
        this.sources = sources;
        this.only = only;
    }

    @Override
    public StudyStore shown() {
        return new PgStudyStore(db, sources, Sql.of(" and t.state <> 'ENTERED_IN_ERROR'"));
    }

    @Override
    public List<StoreOutcome> add(List<Instance> instances) {
        return db.transaction(() -> db.query(connection -> new Arrivals(connection, instances).record()));
    }

    @Override
    public Optional<Study> study(String studyUid) {
        return studies(Sql.of(STUDY).plus(within(studyUid, Optional.empty()))).stream()
                .findFirst();
    }

    @Override
    public Optional<Integer> version(String studyUid) {
        List<Integer> found = new ArrayList<>();
        each(
                Sql.of("select t.version from study t ").plus(within(studyUid, Optional.empty())),
                row -> found.add(row.getInt(1)));
        return found.stream().findFirst();
    }

    @Override
    public List<Study> unpublished(Instant quietSince, int limit) {
        return studies(Sql.of(STUDY)
                .plus("where t.published_version < t.version and t.last_received <= ?", quietSince)
                .plus(only)
                .plus(" order by t.last_received limit ?", limit));
    }

    @Override
    public void published(String studyUid, int version) {
        statements.change(Sql.of(
                "update study set published_version = ? where study_uid = ? and published_version < ?",
                version,
                studyUid,
                version));
    }

    /** Studies with their series, as of one moment. */
    private List<Study> studies(Sql sql) {
        return db.transaction(() -> db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                List<Study> studies = new ArrayList<>();
                while (row.next()) {
                    studies.add(study(connection, row));
                }
                return studies;
            }
        }));
    }

    private Study study(Connection connection, ResultSet row) throws SQLException {
        List<Study.Series> series = series(connection, row.getLong(1));
        return new Study(
                row.getString(2),
                new PatientKey(row.getString(3), row.getString(4)),
                sources.apply(row.getString(5)),
                status(StudyState.valueOf(row.getString(12))),
                row.getInt(6),
                instant(row, 7),
                instant(row, 8),
                row.getInt(9),
                row.getLong(10),
                StudyRows.decoded(row.getBytes(11)),
                series.stream().map(Study.Series::modality).distinct().sorted().toList(),
                series);
    }

    private static Study.Status status(StudyState state) {
        return switch (state) {
            case RECEIVING, COMPLETE -> Study.Status.AVAILABLE;
            case CANCELLED -> Study.Status.CANCELLED;
            case ENTERED_IN_ERROR -> Study.Status.ENTERED_IN_ERROR;
        };
    }

    private static List<Study.Series> series(Connection connection, long study) throws SQLException {
        try (PreparedStatement statement = Sql.of(SERIES, study).prepare(connection);
                ResultSet row = statement.executeQuery()) {
            List<Study.Series> series = new ArrayList<>();
            while (row.next()) {
                List<Study.SopClassCount> classes = new ArrayList<>();
                if (row.getArray(5) != null) {
                    for (String count : (String[]) row.getArray(5).getArray()) {
                        String[] parts = count.split(" ", 2);
                        classes.add(new Study.SopClassCount(parts[0], Integer.parseInt(parts[1])));
                    }
                }
                series.add(new Study.Series(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        StudyRows.decoded(row.getBytes(4)),
                        classes));
            }
            return series;
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public Optional<Stored> instance(String studyUid, String seriesUid, String sopInstanceUid) {
        List<Stored> found = new ArrayList<>();
        each(
                Sql.of(STORED)
                        .plus(
                                "where i.sop_instance_uid = ? and s.series_uid = ? and t.study_uid = ?",
                                sopInstanceUid,
                                seriesUid,
                                studyUid)
                        .plus(only),
                row -> found.add(stored(row)));
        return found.stream().findFirst();
    }

    @Override
    public List<Stored> bySopInstanceUid(Collection<String> sopInstanceUids) {
        List<Stored> found = new ArrayList<>();
        each(
                Sql.of(STORED)
                        .plus("where i.sop_instance_uid = any(?)", (Object) sopInstanceUids.toArray(String[]::new))
                        .plus(only),
                row -> found.add(stored(row)));
        return found;
    }

    @Override
    public void instances(String studyUid, Optional<String> seriesUid, Consumer<Stored> each) {
        each(Sql.of(STORED).plus(within(studyUid, seriesUid)).plus(ORDER), row -> each.accept(stored(row)));
    }

    @Override
    public void metadata(
            String studyUid, Optional<String> seriesUid, Optional<String> sopInstanceUid, Consumer<Metadata> each) {
        Sql one = sopInstanceUid
                .map(uid -> Sql.of(" and i.sop_instance_uid = ?", uid))
                .orElse(Sql.EMPTY);
        each(
                Sql.of("""
                        select i.metadata, i.metadata_crc, i.metadata_length
                          from study t join series s on s.study = t.id join instance i on i.series = s.id
                        """).plus(within(studyUid, seriesUid)).plus(one).plus(ORDER),
                row -> each.accept(new Metadata(row.getBytes(1), row.getInt(2), row.getInt(3))));
    }

    private Sql within(String studyUid, Optional<String> seriesUid) {
        return Sql.of("where t.study_uid = ?", studyUid)
                .plus(only)
                .plus(seriesUid.map(uid -> Sql.of(" and s.series_uid = ?", uid)).orElse(Sql.EMPTY));
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                new TransferSyntax(row.getString(5)),
                new PatientKey(row.getString(6), row.getString(7)),
                row.getBoolean(8),
                row.getString(9),
                row.getInt(10),
                row.getLong(11),
                row.getBytes(12),
                row.getBytes(13));
    }

    @FunctionalInterface
    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /** Hands over one row after the other; only some hundred are in memory, however many there are. */
    private void each(Sql sql, RowConsumer consumer) {
        db.transaction(() -> db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection)) {
                statement.setFetchSize(FETCH);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        consumer.accept(row);
                    }
                }
            }
            return Boolean.TRUE;
        }));
    }
}
