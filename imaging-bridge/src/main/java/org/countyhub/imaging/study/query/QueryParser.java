package org.countyhub.imaging.study.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.PatientKey;
import org.jspecify.annotations.Nullable;

/** From what is asked, as parameters of QIDO-RS or as the identifier of C-FIND, to a {@link Query}. Pure. */
public final class QueryParser {
    /** What identifiers hold besides keys. */
    private static final Set<Integer> NO_KEYS =
            Set.of(Tag.SpecificCharacterSet, Tag.QueryRetrieveLevel, Tag.RetrieveAETitle, Tag.TimezoneOffsetFromUTC);

    private QueryParser() {}

    /** Who is meant by a PatientID; {@link org.countyhub.imaging.study.PatientDirectory} knows, for the source that asks. */
    @FunctionalInterface
    public interface Patients {
        Set<PatientKey> of(@Nullable String issuer, String id);
    }

    /**
     * The question of a search transaction (PS3.18 section 10.6).
     *
     * @param path what the path names, such as the study
     * @param parameters decoded, by name in the order sent
     * @throws org.countyhub.kernel.ProblemException BadSearch with the name of the parameter that is not understood
     */
    public static Asked ofParameters(
            Level level, Map<Key, String> path, Map<String, List<String>> parameters, Patients patients) {
        QidoParameters read = QidoParameters.read(parameters);
        // Combined ranges are not negotiated over HTTP; a range of dates with one of times can mean nothing else.
        Criteria criteria = new Criteria(read.fuzzy(), true);
        Set<Integer> returned = new HashSet<>(read.fields().tags());
        read.keys().forEach((key, sent) -> {
            criteria.add(key, sent.place(), sent.values());
            returned.add(key.sequence() == 0 ? key.tag() : key.sequence());
        });
        path.forEach((key, value) -> criteria.add(key, key.name(), List.of(value)));
        Query query = new Query(level, criteria.all(patients), read.limit(), read.offset());
        return new Asked(query, new Fields(read.fields().all(), returned), List.of());
    }

    /**
     * The question of a C-FIND (PS3.4 section C.2.2.1). What the index cannot be asked by is passed over and told.
     *
     * @param limit at most so many results
     * @param fuzzy as negotiated (PS3.4 section C.5.1.1.2); so is {@code combined}
     * @throws org.countyhub.kernel.ProblemException BadSearch with the keyword whose value is not understood
     */
    public static Asked ofIdentifier(
            Level level, Dataset identifier, int limit, boolean fuzzy, boolean combined, Patients patients) {
        Criteria criteria = new Criteria(fuzzy, combined);
        Set<Integer> returned = new HashSet<>();
        List<Integer> unmatched = new ArrayList<>();
        for (Element element : identifier.elements()) {
            if (NO_KEYS.contains(element.tag()) || Tag.element(element.tag()) == 0) {
                continue;
            }
            returned.add(element.tag());
            switch (element) {
                case Element.Items items ->
                    items.items().stream().limit(1).forEach(item -> item.elements()
                            .forEach(inner -> add(criteria, unmatched, items.tag(), item, inner)));
                case Element.Bytes bytes -> add(criteria, unmatched, 0, identifier, bytes);
                case Element.Bulk bulk -> unmatched.add(bulk.tag());
                case Element.Fragments fragments -> unmatched.add(fragments.tag());
            }
        }
        Query query = new Query(level, criteria.all(patients), limit, 0);
        return new Asked(query, new Fields(false, returned), unmatched);
    }

    private static void add(Criteria criteria, List<Integer> unmatched, int sequence, Dataset from, Element element) {
        List<String> values = from.strings(element.tag());
        if (values.stream().allMatch(String::isBlank) && !(element instanceof Element.Items)) {
            return;
        }
        Optional<Key> key = Key.of(sequence, element.tag());
        key.ifPresentOrElse(
                known -> criteria.add(known, known.name(), values),
                () -> unmatched.add(sequence == 0 ? element.tag() : sequence));
    }
}
