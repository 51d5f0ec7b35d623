package org.countyhub.imaging.store.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.Matching;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.imaging.study.query.Reach;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/** Compiles a query (PS3.4 section C.2.2.2). Whatever was asked for is a bound value, never text. */
public final class QuerySql {
    private static final String STUDY_COLUMNS = """
            t.id, t.patient_system, t.patient_id, t.last_received, t.attributes, t.instances,
                   (select count(*) from series c where c.study = t.id),
                   (select array_agg(distinct c.modality order by c.modality) from series c where c.study = t.id)
            """;
    private static final String IDS = "t.id, s.id";
    private static final String INSTANCE =
            ", i.sop_instance_uid, i.sop_class_uid, i.attributes, case when i.attributes is null then i.metadata end";
    private static final String METADATA = ", i.sop_instance_uid, i.sop_class_uid, i.attributes, i.metadata";
    private static final int DATE_LENGTH = 8;
    /** The last in the order of bytes. */
    private static final String LAST_CHARACTER = "\uDBFF\uDFFF";

    private static final String NEWEST = "t.study_date desc, t.study_time desc, t.id desc";

    private QuerySql() {}

    /**
     * The statement. Of studies and patients its columns are those of {@link #studies}; of series and instances, which have their studies and
     * series in common, the ids of those, and of instances also the UID of instance and class, attributes and metadata.
     *
     * @param metadata whether the metadata of every instance are wanted, and not only of those without attributes
     */
    public static Sql of(Query query, boolean metadata) {
        List<Sql> conditions = query.matching().stream()
                .map(matching -> condition(query.level(), matching))
                .toList();
        // What was deleted or entered in error is found by nobody who looks for images.
        Sql where = Sql.join(
                Stream.of(
                                Stream.of(Sql.of(" where t.state <> 'ENTERED_IN_ERROR'")),
                                query.reach().stream().map(QuerySql::within),
                                conditions.stream())
                        .flatMap(all -> all)
                        .toList(),
                " and ");
        return (switch (query.level()) {
                    case PATIENT -> patients(where);
                    case STUDY ->
                        Sql.of("select " + STUDY_COLUMNS + " from study t")
                                .plus(where)
                                .plus(" order by " + NEWEST);
                    case SERIES ->
                        Sql.of("select " + IDS + " from study t join series s on s.study = t.id")
                                .plus(where)
                                .plus(" order by " + NEWEST + ", s.number nulls last, s.id");
                    case IMAGE ->
                        Sql.of(
                                        "select " + IDS + (metadata ? METADATA : INSTANCE)
                                                + " from study t join series s on s.study = t.id join instance i on i.series = s.id")
                                .plus(where)
                                .plus(" order by " + NEWEST
                                        + ", s.number nulls last, s.id, i.number nulls last, i.sop_instance_uid");
                })
                .plus(" limit ? offset ?", query.limit(), query.offset());
    }

    /** Id, patient system and id, last arrival, attributes, number of instances and of series, and modalities of studies. */
    public static Sql studies(Collection<Long> ids) {
        return Sql.of("select " + STUDY_COLUMNS + " from study t where t.id = any(?)", (Object) array(ids));
    }

    /** Id, attributes and number of instances of series. */
    public static Sql series(Collection<Long> ids) {
        return Sql.of("select s.id, s.attributes, s.instances from series s where s.id = any(?)", (Object) array(ids));
    }

    private static long[] array(Collection<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    /** Each patient once, as the newest study that matches has it. */
    private static Sql patients(Sql where) {
        return Sql.of("select " + STUDY_COLUMNS
                        + " from study t join (select distinct on (t.patient_system, t.patient_id) t.id from study t")
                .plus(where)
                .plus(" order by t.patient_system, t.patient_id, " + NEWEST + ") newest on newest.id = t.id order by "
                        + NEWEST);
    }

    /** The studies of one hospital alone are found in the order of an index. */
    private static Sql within(Reach reach) {
        Sql own = reach.sources().size() == 1
                ? Sql.of("t.source = ?", reach.sources().iterator().next())
                : Sql.of("t.source = any(?)", (Object) reach.sources().toArray(String[]::new));
        return reach.patients().isEmpty()
                ? own
                : Sql.of("(")
                        .plus(own)
                        .plus(" or ")
                        .plus(ofPatients(reach.patients()))
                        .plus(")");
    }

    private static Sql ofPatients(Set<PatientKey> keys) {
        return Sql.of(
                "(t.patient_system, t.patient_id) in (select * from unnest(?, ?))",
                keys.stream().map(PatientKey::system).toArray(String[]::new),
                keys.stream().map(PatientKey::id).toArray(String[]::new));
    }

    private static Sql condition(Level level, Matching matching) {
        if (matching instanceof Matching.Patients(int ignored, Set<PatientKey> keys)) {
            return ofPatients(keys);
        }
        Column column = Column.of(matching.tag())
                .orElseThrow(() -> Problem.badSearch(
                        Tag.hex(matching.tag()), "the index does not match " + Tag.text(matching.tag())));
        // What the study has is asked of the whole study, also where series or instances are searched for.
        boolean ofStudy = matching.tag() == Tag.ModalitiesInStudy || matching.tag() == Tag.SOPClassesInStudy;
        return within(ofStudy ? Level.STUDY : level, column, condition(column, matching));
    }

    /** What is asked of something below the level is asked of any that there is. */
    private static Sql within(Level level, Column column, Sql condition) {
        boolean below = column.level().compareTo(level) > 0;
        if (!below) {
            return condition;
        }
        return switch (column.level()) {
            case PATIENT, STUDY -> condition;
            case SERIES ->
                Sql.of("exists (select from series s where s.study = t.id and ")
                        .plus(condition)
                        .plus(")");
            case IMAGE ->
                Sql.of(
                                level == Level.SERIES
                                        ? "exists (select from instance i where i.series = s.id and "
                                        : "exists (select from series s join instance i on i.series = s.id where s.study = t.id and ")
                        .plus(condition)
                        .plus(")");
        };
    }

    private static Sql condition(Column column, Matching matching) {
        return switch (matching) {
            case Matching.Values(int ignored, List<String> values) -> values(column, values);
            case Matching.Wildcard(int ignored, String pattern) -> wildcard(column, pattern);
            case Matching.Range(int ignored, String low, String high) -> range(column.sql(), low, high);
            case Matching.Moment(int ignored, int timeTag, String low, String high) ->
                moment(column, timeTag, low, high);
            case Matching.Fuzzy(int ignored, String name) -> fuzzy(name);
            case Matching.Patients ignored -> throw new IllegalStateException("told before");
        };
    }

    private static Sql values(Column column, List<String> values) {
        return switch (column.kind()) {
            case TEXT, TEMPORAL -> Sql.of(column.sql() + " = any(?)", (Object) values.toArray(String[]::new));
            case NUMBER -> Sql.of(column.sql() + "::text = any(?)", (Object) values.toArray(String[]::new));
            case NAME -> {
                String[] folded = values.stream().map(QuerySql::group).toArray(String[]::new);
                yield Sql.of("(t.name_alphabetic = any(?) or t.name_ideographic = any(?))", folded, folded);
            }
        };
    }

    /** The first group that a name says something in; carets at the end say nothing. */
    private static String group(String name) {
        PersonName parts = PersonName.of(name);
        return parts.alphabetic().isEmpty() ? parts.ideographic() : parts.alphabetic();
    }

    private static Sql wildcard(Column column, String pattern) {
        return switch (column.kind()) {
            case TEXT, TEMPORAL -> like(column.sql(), pattern);
            case NUMBER -> Sql.of(column.sql() + "::text like ?", like(pattern));
            case NAME -> {
                List<Sql> groups = new ArrayList<>();
                for (String group : pattern.toUpperCase(Locale.ROOT).split("=", -1)) {
                    String part = group.replaceFirst("\\^+$", "");
                    if (!part.isEmpty()) {
                        groups.add(Sql.of("(")
                                .plus(like("t.name_alphabetic", part))
                                .plus(" or ")
                                .plus(like("t.name_ideographic", part))
                                .plus(")"));
                    }
                }
                yield Sql.join(groups, " and ");
            }
        };
    }

    /** A beginning is a range of the index, whatever the plan; any other pattern is looked at value by value. */
    private static Sql like(String column, String pattern) {
        String beginning = pattern.substring(0, pattern.length() - 1);
        if (pattern.endsWith("*") && !beginning.isEmpty() && !beginning.matches(".*[*?].*")) {
            return Sql.of("(" + column + " >= ? and " + column + " < ?)", beginning, beginning + LAST_CHARACTER);
        }
        return Sql.of(column + " like ?", like(pattern));
    }

    /** {@code *} and {@code ?} as LIKE has them; what LIKE would understand otherwise means itself. */
    private static String like(String pattern) {
        return pattern.chars()
                .mapToObj(character -> switch (character) {
                    case '*' -> "%";
                    case '?' -> "_";
                    case '%', '_', '\\' -> "\\" + (char) character;
                    default -> String.valueOf((char) character);
                })
                .collect(Collectors.joining());
    }

    /** A bound that says less than the value, such as an hour, holds for all that begins with it. */
    private static Sql range(String column, @Nullable String low, @Nullable String high) {
        List<Sql> bounds = new ArrayList<>();
        bounds.add(Sql.of(column + " <> ''"));
        if (low != null) {
            bounds.add(Sql.of(column + " >= ?", low));
        }
        if (high != null) {
            // What begins with the bound is within it, and comes before the bound with the last digit-like character
            // behind it.
            bounds.add(Sql.of(column + " <= ?", high + "~"));
        }
        return Sql.join(bounds, " and ");
    }

    private static Sql moment(Column date, int timeTag, @Nullable String low, @Nullable String high) {
        String time = Column.of(timeTag)
                .orElseThrow(() -> Problem.badSearch(Tag.hex(timeTag), "the index does not match it"))
                .sql();
        String moment = "(" + date.sql() + " || " + time + ")";
        // The dates by themselves first: they have an index.
        return range(date.sql(), day(low), day(high)).plus(" and ").plus(range(moment, low, high));
    }

    private static @Nullable String day(@Nullable String moment) {
        return moment == null ? null : moment.substring(0, DATE_LENGTH);
    }

    /** Each word of the name is the beginning of a word that is kept. */
    private static Sql fuzzy(String name) {
        List<Sql> words = PersonName.words(name).stream()
                .map(word -> {
                    String like = like(word);
                    return Sql.of(
                            "(t.name_words like ? and ' ' || t.name_words like ?)",
                            "%" + like + "%",
                            "% " + like + "%");
                })
                .toList();
        return words.isEmpty() ? Sql.of("true") : Sql.join(words, " and ");
    }
}
