package org.countyhub.imaging.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.DicomJson;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.store.sql.QuerySql;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.imaging.study.query.QueryResult;
import org.countyhub.imaging.study.query.QueryStore;
import org.countyhub.kernel.Db;

/** Asks the index in PostgreSQL. */
public final class PgQueryStore implements QueryStore {
    private final Db db;

    public PgQueryStore(Db db) {
        this.db = db;
    }

    @Override
    public List<QueryResult> find(Query query) {
        return db.query(connection -> {
            try (PreparedStatement statement = QuerySql.of(query).prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                List<QueryResult> results = new ArrayList<>();
                while (row.next()) {
                    results.add(result(query.level(), row));
                }
                return results;
            }
        });
    }

    private static QueryResult result(Level level, ResultSet row) throws SQLException {
        Dataset.Builder all = StudyRows.decoded(row.getBytes(4)).toBuilder();
        all.set(Tag.NumberOfStudyRelatedInstances, Vr.IS, Integer.toString(row.getInt(5)));
        all.set(Tag.NumberOfStudyRelatedSeries, Vr.IS, Integer.toString(row.getInt(6)));
        all.set(Tag.ModalitiesInStudy, Vr.CS, (String[]) row.getArray(7).getArray());
        if (level.compareTo(Level.STUDY) > 0) {
            StudyRows.decoded(row.getBytes(8)).elements().forEach(all::set);
            all.set(Tag.NumberOfSeriesRelatedInstances, Vr.IS, Integer.toString(row.getInt(9)));
        }
        if (level == Level.IMAGE) {
            header(row.getBytes(12)).elements().forEach(all::set);
            all.set(Tag.SOPInstanceUID, Vr.UI, row.getString(10));
            all.set(Tag.SOPClassUID, Vr.UI, row.getString(11));
        }
        return new QueryResult(
                new PatientKey(row.getString(1), row.getString(2)),
                all.build(),
                row.getObject(3, OffsetDateTime.class).toInstant());
    }

    /** What was kept as metadata, without the values that only have an address. */
    private static Dataset header(byte[] metadata) {
        Inflater inflater = new Inflater(true);
        try (InputStream json = new InflaterInputStream(new ByteArrayInputStream(metadata), inflater)) {
            return DicomJson.read(json, DatasetReader.Limits.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            inflater.end();
        }
    }
}
