package org.countyhub.imaging.dimse;

import java.util.List;
import org.countyhub.imaging.dicom.CharacterSet;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;

/** In which characters an answer is written: those of the question where they can write all of it, else Unicode (PS3.4 section C.4.1.1.3.2). */
record ReplyCharacterSet(CharacterSet asked) {
    static ReplyCharacterSet of(Dataset identifier) {
        return new ReplyCharacterSet(CharacterSet.of(identifier.strings(Tag.SpecificCharacterSet)));
    }

    Dataset apply(Dataset answer) {
        if (asked.terms().size() <= 1 && all(answer, this::canWrite)) {
            return declared(in(asked, answer), asked.terms());
        }
        return answer.inUtf8();
    }

    private static Dataset declared(Dataset answer, List<String> terms) {
        Dataset.Builder builder = answer.toBuilder().remove(Tag.SpecificCharacterSet);
        return terms.isEmpty()
                ? builder.build()
                : builder.set(Tag.SpecificCharacterSet, Vr.CS, terms.toArray(String[]::new))
                        .build();
    }

    private boolean canWrite(String text) {
        // What declares nothing is ASCII only, whatever bytes it could be read from.
        return asked.terms().isEmpty()
                ? text.chars().allMatch(character -> character < 0x80)
                : text.equals(asked.decode(asked.encode(text), Vr.LO));
    }

    @FunctionalInterface
    private interface Test {
        boolean holds(String text);
    }

    private static boolean all(Dataset dataset, Test test) {
        for (Element element : dataset.elements()) {
            boolean holds =
                    switch (element) {
                        case Element.Bytes bytes ->
                            !bytes.vr().usesCharacterSet()
                                    || test.holds(dataset.characterSet().decode(bytes.value(), bytes.vr()));
                        case Element.Items items -> items.items().stream().allMatch(item -> all(item, test));
                        case Element.Bulk ignored -> true;
                        case Element.Fragments ignored -> true;
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static Dataset in(CharacterSet target, Dataset dataset) {
        Dataset.Builder builder = Dataset.builder(target);
        for (Element element : dataset.elements()) {
            switch (element) {
                case Element.Bytes bytes -> {
                    if (bytes.vr().usesCharacterSet()) {
                        builder.set(
                                bytes.tag(),
                                bytes.vr(),
                                dataset.characterSet()
                                        .decode(bytes.value(), bytes.vr())
                                        .stripTrailing());
                    } else {
                        builder.set(bytes);
                    }
                }
                case Element.Items items ->
                    builder.set(
                            items.tag(),
                            items.items().stream().map(item -> in(target, item)).toList());
                case Element.Bulk bulk -> builder.set(bulk);
                case Element.Fragments fragments -> builder.set(fragments);
            }
        }
        return builder.build();
    }
}
