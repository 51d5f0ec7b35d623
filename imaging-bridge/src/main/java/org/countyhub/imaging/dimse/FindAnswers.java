package org.countyhub.imaging.dimse;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.query.Fields;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.QueryResult;

/** What a C-FIND response holds (PS3.4 section C.4.1.1.3.2): what was asked for, empty where it is not known, and where to get it. */
final class FindAnswers {
    private final String aeTitle;
    private final Coercion coercion;
    private final Clock clock;

    FindAnswers(String aeTitle, Coercion coercion, Clock clock) {
        this.aeTitle = aeTitle;
        this.coercion = coercion;
        this.clock = clock;
    }

    /** The form of all answers to one query. */
    Form form(Level level, Dataset identifier, Fields fields, Source asking) {
        return new Form(level, identifier, fields, asking);
    }

    /** Makes answers of one form. */
    final class Form {
        private final Level level;
        private final Dataset identifier;
        private final Set<Integer> tags;
        private final Source asking;

        private Form(Level level, Dataset identifier, Fields fields, Source asking) {
            this.level = level;
            this.identifier = identifier;
            this.asking = asking;
            this.tags = new HashSet<>(fields.tags());
            tags.remove(Tag.SpecificCharacterSet);
            unique(level).forEach(tags::add);
            if (tags.contains(Tag.PatientID)) {
                // A number without its issuer could be taken for that of a patient of the asking hospital.
                tags.add(Tag.IssuerOfPatientID);
                tags.add(Tag.IssuerOfPatientIDQualifiersSequence);
            }
        }

        /** What the index is asked for: what is answered, and by what it is known whose it is. */
        Fields wanted() {
            Set<Integer> wanted = new HashSet<>(tags);
            wanted.add(Tag.PatientID);
            // What was replaced is told with all that was there.
            return new Fields(
                    tags.contains(Tag.OriginalAttributesSequence) || tags.contains(Tag.OtherPatientIDsSequence),
                    wanted);
        }

        /** @param person all patients of the person whose the match is */
        Dataset answer(QueryResult result, Set<PatientKey> person) {
            Dataset kept = coercion.outgoing(result.attributes(), result.patient(), asking, person, clock.instant());
            Dataset.Builder answer = kept.only(tags).toBuilder();
            for (Element key : identifier.elements()) {
                if (tags.contains(key.tag()) && !kept.contains(key.tag())) {
                    answer.set(empty(key));
                }
            }
            answer.set(Tag.QueryRetrieveLevel, Vr.CS, level.name());
            answer.set(Tag.RetrieveAETitle, Vr.AE, aeTitle);
            if (level != Level.PATIENT) {
                answer.set(Tag.InstanceAvailability, Vr.CS, "ONLINE");
            }
            return ReplyCharacterSet.of(identifier).apply(answer.build());
        }
    }

    private static Element empty(Element key) {
        return key instanceof Element.Items
                ? new Element.Items(key.tag(), List.of())
                : new Element.Bytes(key.tag(), key.vr(), new byte[0]);
    }

    /** The unique keys down to a level, which are always answered. */
    private static Set<Integer> unique(Level level) {
        return switch (level) {
            case PATIENT -> Set.of(Tag.PatientID);
            case STUDY -> Set.of(Tag.StudyInstanceUID);
            case SERIES -> Set.of(Tag.StudyInstanceUID, Tag.SeriesInstanceUID);
            case IMAGE -> Set.of(Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID);
        };
    }
}
