package org.countyhub.fhir.race;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What links between patients and persons have to be, told as simply as possible: patients with at most one resident ID
 * each and names that nobody shares, so that nothing but IDs and stewards link them.
 */
final class PersonModel {
    /** A person, which the server knows by a key that is learned when it is first seen. */
    static final class Group {
        final Set<String> members = new LinkedHashSet<>();

        @Nullable
        String key;

        /** Its resource when it was last looked at, without the stamps of the version. */
        @Nullable
        JsonNode content;

        /** Counts what has happened to it or to its patients. */
        int changes;
    }

    /** One patient that a decision moved; it had no person before when {@code from} is null. */
    record Move(String patient, @Nullable Group from, Group to) {}

    /** A decision, and the persons concerned: what they were before it and how often they had changed after it. */
    record Decision(List<Move> moves, Map<Group, JsonNode> before, Map<Group, Integer> changes) {}

    /** What a steward's wish must be answered with. */
    enum Answer {
        DONE(200),
        CONTRADICTION(409),
        REFUSED(422);

        final int status;

        Answer(int status) {
            this.status = status;
        }
    }

    /** The resident ID of each patient, by number; -1 for none. Deleted ones are not here. */
    final Map<String, Integer> ids = new LinkedHashMap<>();

    final Map<String, Group> groupOf = new HashMap<>();
    private final Set<Set<String>> apart = new HashSet<>();

    /** A patient is written; returns how it was linked, null when it stays or becomes alone. */
    @Nullable
    Decision write(String patient, int id) {
        Integer before = ids.put(patient, id);
        Group own = groupOf.get(patient);
        if (own != null) {
            own.changes++;
            boolean saysNothingNew = Objects.equals(before, id);
            if (own.members.size() > 1 || saysNothingNew) {
                return null;
            }
        }
        List<Group> candidates = candidates(patient, id, own);
        if (candidates.size() != 1) {
            if (own == null) {
                put(patient, new Group());
            }
            return null;
        }
        Decision link = move(List.of(patient), candidates.getFirst());
        if (own != null) {
            // What the source has just changed is not given back.
            link.before().remove(own);
        }
        return link;
    }

    private List<Group> candidates(String patient, int id, @Nullable Group own) {
        Set<Group> candidates = new LinkedHashSet<>();
        ids.forEach((other, otherId) -> {
            Group group = groupOf.get(other);
            if (id >= 0
                    && otherId == id
                    && group != null
                    && group != own
                    && group.members.stream().noneMatch(member -> apart.contains(Set.of(member, patient)))) {
                candidates.add(group);
            }
        });
        return List.copyOf(candidates);
    }

    void delete(String patient) {
        ids.remove(patient);
        Group group = Objects.requireNonNull(groupOf.remove(patient));
        group.members.remove(patient);
        group.changes++;
    }

    /** What a merge must be answered with. */
    Answer mayMerge(String source, String target) {
        Group from = group(source);
        Group into = group(target);
        if (from == into) {
            return Answer.REFUSED;
        }
        boolean contradict = from.members.stream().anyMatch(one -> into.members.stream()
                .anyMatch(other -> id(one) >= 0 && id(other) >= 0 && id(one) != id(other)));
        return contradict ? Answer.CONTRADICTION : Answer.DONE;
    }

    Decision merge(String source, String target) {
        Group into = group(target);
        List<String> moving = List.copyOf(group(source).members);
        moving.forEach(patient -> into.members.forEach(other -> apart.remove(Set.of(patient, other))));
        return move(moving, into);
    }

    /** What the undoing of a decision must be answered with. */
    Answer mayUndo(Decision decision) {
        Group to = decision.moves().getFirst().to();
        if (decision.moves().stream().anyMatch(move -> move.to() != to)) {
            return Answer.REFUSED;
        }
        // The server names patients and persons, and a deleted one belongs to nobody.
        return decision.moves().stream().allMatch(move -> groupOf.get(move.patient()) == to)
                ? Answer.DONE
                : Answer.CONTRADICTION;
    }

    Decision undo(Decision decision) {
        Group own = new Group();
        List<Move> back = decision.moves().stream()
                .map(move -> new Move(move.patient(), move.to(), move.from() == null ? own : move.from()))
                .toList();
        Decision undone = carryOut(back);
        putApart(back);
        return undone;
    }

    Decision split(Collection<String> patients) {
        Group own = new Group();
        List<Move> moves = patients.stream()
                .map(patient -> new Move(patient, group(patient), own))
                .toList();
        Decision decision = carryOut(moves);
        putApart(moves);
        return decision;
    }

    private void putApart(List<Move> moves) {
        for (Move move : moves) {
            Objects.requireNonNull(move.from()).members.forEach(stayed -> apart.add(Set.of(move.patient(), stayed)));
        }
    }

    int id(String patient) {
        return Objects.requireNonNull(ids.get(patient), patient);
    }

    Group group(String patient) {
        return Objects.requireNonNull(groupOf.get(patient), patient);
    }

    private Decision move(List<String> patients, Group to) {
        return carryOut(patients.stream()
                .map(patient -> new Move(patient, groupOf.get(patient), to))
                .toList());
    }

    private Decision carryOut(List<Move> moves) {
        Set<Group> concerned = new LinkedHashSet<>();
        for (Move move : moves) {
            concerned.add(move.to());
            if (move.from() != null) {
                concerned.add(move.from());
            }
        }
        Map<Group, JsonNode> before = new LinkedHashMap<>();
        for (Group group : concerned) {
            if (group.content != null) {
                before.put(group, group.content);
            }
            group.changes++;
        }
        moves.forEach(move -> put(move.patient(), move.to()));
        Map<Group, Integer> changes = new HashMap<>();
        concerned.forEach(group -> changes.put(group, group.changes));
        return new Decision(moves, before, changes);
    }

    private void put(String patient, Group group) {
        Group before = groupOf.put(patient, group);
        if (before != null) {
            before.members.remove(patient);
        }
        group.members.add(patient);
    }

    /** Every person with patients. */
    List<Group> groups() {
        return List.copyOf(new LinkedHashSet<>(new ArrayList<>(groupOf.values())));
    }
}
