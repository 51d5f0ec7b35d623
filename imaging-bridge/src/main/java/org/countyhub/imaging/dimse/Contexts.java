package org.countyhub.imaging.dimse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.net.Proposal;
import org.countyhub.imaging.study.Stored;

/**
 * The presentation contexts that are proposed to send instances: for each class one for every transfer syntax that they are kept in, and
 * one for what they can be turned into. The provider picks one syntax of each context, so what is kept is never proposed beside another.
 */
final class Contexts {
    /** There are 128 ids (PS3.8 section 9.3.2.2). */
    private static final int MOST = 128;

    private static final List<String> FALLBACK =
            List.of(TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid(), TransferSyntax.IMPLICIT_LITTLE_ENDIAN.uid());

    private Contexts() {}

    /** Instances in as many parts as associations are needed to propose all that they need; nearly always one. */
    static List<List<Stored>> batches(List<Stored> instances) {
        List<List<Stored>> batches = new ArrayList<>();
        List<Stored> batch = new ArrayList<>();
        Set<String> classes = new LinkedHashSet<>();
        Set<List<String>> contexts = new LinkedHashSet<>();
        for (Stored stored : instances) {
            classes.add(stored.sopClassUid());
            contexts.add(context(stored));
            if (classes.size() + contexts.size() > MOST) {
                batches.add(batch);
                batch = new ArrayList<>();
                classes.clear();
                contexts.clear();
                classes.add(stored.sopClassUid());
                contexts.add(context(stored));
            }
            batch.add(stored);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private static List<String> context(Stored stored) {
        return List.of(stored.sopClassUid(), stored.transferSyntax().uid());
    }

    static List<Proposal> proposals(List<Stored> batch) {
        Map<String, Set<String>> kept = new LinkedHashMap<>();
        batch.forEach(stored -> kept.computeIfAbsent(stored.sopClassUid(), any -> new LinkedHashSet<>())
                .add(stored.transferSyntax().uid()));
        List<Proposal> proposals = new ArrayList<>();
        kept.forEach((sopClass, syntaxes) -> {
            syntaxes.forEach(syntax -> proposals.add(new Proposal(sopClass, List.of(syntax), false)));
            proposals.add(new Proposal(sopClass, FALLBACK, false));
        });
        return proposals;
    }
}
