package org.countyhub.imaging.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DicomJson;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.store.sql.QuerySql;
import org.countyhub.imaging.study.Attributes;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.query.Fields;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.imaging.study.query.QueryResult;
import org.countyhub.imaging.study.query.QueryStore;
import org.countyhub.kernel.Db;
import org.jspecify.annotations.Nullable;

/** Asks the index in PostgreSQL. What many matches have in common, their studies and series, is read and decoded once. */
public final class PgQueryStore implements QueryStore {
    /** What a study or a series says, and not the instance. */
    private static final Set<Integer> ABOVE = above();

    /** What needs no metadata: it is kept, or made up for each answer. */
    private static final Set<Integer> AT_HAND = atHand();

    private final Db db;

    public PgQueryStore(Db db) {
        this.db = db;
    }

    private static Set<Integer> above() {
        Set<Integer> tags = new HashSet<>(Attributes.STUDY);
        tags.addAll(Attributes.SERIES);
        Attributes.INSTANCE.forEach(tags::remove);
        return Set.copyOf(tags);
    }

    private static Set<Integer> atHand() {
        Set<Integer> tags = new HashSet<>(ABOVE);
        tags.addAll(Attributes.INSTANCE);
        tags.addAll(List.of(
                Tag.SOPClassUID,
                Tag.SOPInstanceUID,
                Tag.NumberOfStudyRelatedInstances,
                Tag.NumberOfStudyRelatedSeries,
                Tag.NumberOfSeriesRelatedInstances,
                Tag.ModalitiesInStudy,
                Tag.SOPClassesInStudy,
                Tag.QueryRetrieveLevel,
                Tag.RetrieveAETitle,
                Tag.RetrieveURL,
                Tag.InstanceAvailability));
        return Set.copyOf(tags);
    }

    @Override
    public List<QueryResult> find(Query query, Fields wanted) {
        return db.query(connection -> switch (query.level()) {
            case PATIENT, STUDY ->
                Statements.select(connection, QuerySql.of(query, false), PgQueryStore::study).stream()
                        .map(StudyFound::result)
                        .toList();
            case SERIES -> series(connection, query);
            case IMAGE -> instances(connection, query, wanted);
        });
    }

    private record StudyFound(long id, PatientKey patient, Dataset attributes, Instant lastReceived) {
        QueryResult result() {
            return result(attributes);
        }

        QueryResult result(Dataset all) {
            return new QueryResult(patient, all, lastReceived);
        }
    }

    private record SeriesFound(long id, Dataset attributes) {}

    @SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
    private record InstanceFound(
            long study,
            long series,
            String uid,
            String sopClassUid,
            byte @Nullable [] attributes,
            byte @Nullable [] metadata) {}

    private static StudyFound study(ResultSet row) throws SQLException {
        Dataset.Builder all = StudyRows.decoded(row.getBytes(5)).toBuilder();
        all.set(Tag.NumberOfStudyRelatedInstances, Vr.IS, Integer.toString(row.getInt(6)));
        all.set(Tag.NumberOfStudyRelatedSeries, Vr.IS, Integer.toString(row.getInt(7)));
        all.set(Tag.ModalitiesInStudy, Vr.CS, (String[]) row.getArray(8).getArray());
        return new StudyFound(
                row.getLong(1),
                new PatientKey(row.getString(2), row.getString(3)),
                all.build(),
                Statements.instant(row, 4));
    }

    private static SeriesFound series(ResultSet row) throws SQLException {
        Dataset.Builder all = StudyRows.decoded(row.getBytes(2)).toBuilder();
        all.set(Tag.NumberOfSeriesRelatedInstances, Vr.IS, Integer.toString(row.getInt(3)));
        return new SeriesFound(row.getLong(1), all.build());
    }

    /** The studies and series of matches. What is deleted between the match and this is in none of them. */
    private record Parents(Map<Long, StudyFound> studies, Map<Long, SeriesFound> series) {
        static Parents of(Connection connection, Collection<Long> studies, Collection<Long> series)
                throws SQLException {
            Map<Long, StudyFound> studiesById = new HashMap<>();
            Statements.select(connection, QuerySql.studies(studies), PgQueryStore::study)
                    .forEach(study -> studiesById.put(study.id, study));
            Map<Long, SeriesFound> seriesById = new HashMap<>();
            Statements.select(connection, QuerySql.series(series), PgQueryStore::series)
                    .forEach(one -> seriesById.put(one.id, one));
            return new Parents(studiesById, seriesById);
        }
    }

    private static List<QueryResult> series(Connection connection, Query query) throws SQLException {
        record Ids(long study, long series) {}
        List<Ids> found = Statements.select(
                connection, QuerySql.of(query, false), row -> new Ids(row.getLong(1), row.getLong(2)));
        Parents parents = Parents.of(
                connection,
                found.stream().map(Ids::study).distinct().toList(),
                found.stream().map(Ids::series).toList());
        List<QueryResult> results = new ArrayList<>();
        for (Ids ids : found) {
            StudyFound study = parents.studies.get(ids.study);
            SeriesFound series = parents.series.get(ids.series);
            if (study != null && series != null) {
                results.add(study.result(both(study, series)));
            }
        }
        return results;
    }

    private static Dataset both(StudyFound study, SeriesFound series) {
        Dataset.Builder all = study.attributes.toBuilder();
        series.attributes.elements().forEach(all::set);
        return all.build();
    }

    private static List<QueryResult> instances(Connection connection, Query query, Fields wanted) throws SQLException {
        boolean metadata = wanted.all() || !AT_HAND.containsAll(wanted.tags());
        List<InstanceFound> found = Statements.select(
                connection,
                QuerySql.of(query, metadata),
                row -> new InstanceFound(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBytes(5),
                        row.getBytes(6)));
        Parents parents = Parents.of(
                connection,
                found.stream().map(InstanceFound::study).distinct().toList(),
                found.stream().map(InstanceFound::series).distinct().toList());
        Set<Integer> tags = new HashSet<>(wanted.tags());
        tags.addAll(List.of(Tag.SpecificCharacterSet, Tag.StudyInstanceUID, Tag.SeriesInstanceUID));
        Map<Long, Dataset> above = new HashMap<>();
        List<QueryResult> results = new ArrayList<>();
        for (InstanceFound one : found) {
            StudyFound study = parents.studies.get(one.study);
            SeriesFound series = parents.series.get(one.series);
            if (study != null && series != null) {
                Dataset shared = above.computeIfAbsent(one.series, ignored -> {
                    Dataset both = both(study, series);
                    return wanted.all() ? both : both.only(tags);
                });
                results.add(study.result(instance(one, shared)));
            }
        }
        return results;
    }

    private static Dataset instance(InstanceFound one, Dataset above) {
        Dataset.Builder all = above.toBuilder();
        // The statement gives one of them at least.
        Dataset own =
                one.metadata != null ? header(one.metadata) : StudyRows.decoded(Objects.requireNonNull(one.attributes));
        for (Element element : own.elements()) {
            if (!ABOVE.contains(element.tag()) || !above.contains(element.tag())) {
                all.set(element);
            }
        }
        return all.set(Tag.SOPInstanceUID, Vr.UI, one.uid)
                .set(Tag.SOPClassUID, Vr.UI, one.sopClassUid)
                .build();
    }

    /** What was kept as metadata, without the values that only have an address. */
    private static Dataset header(byte[] metadata) {
        // What is kept goes on, to be joined with others; an empty last block ends it (RFC 1951 section 3.2.6).
        byte[] ended = Arrays.copyOf(metadata, metadata.length + 2);
        ended[metadata.length] = 3;
        Inflater inflater = new Inflater(true);
        try (InputStream json = new InflaterInputStream(new ByteArrayInputStream(ended), inflater)) {
            return DicomJson.readKept(json, DicomJson.Limits.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            inflater.end();
        }
    }
}
