package org.countyhub.fhir.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.search.index.IndexExtractor;
import org.countyhub.fhir.search.index.IndexSink;
import org.countyhub.fhir.search.index.IndexValue;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.index.StringFolding;
import org.countyhub.fhir.store.sql.IndexKeys;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one resource contributes to the search tables, without its number. Sets, so that a value said twice is
 * one row and the rows of two versions can be compared.
 */
final class ResourceRows implements IndexSink {
    record Token(long valueHash, long tokenHash) {}

    /** An edge to a local resource or, with a null key, to something outside. */
    record Edge(@Nullable ResourceKey target, long external, int param) {}

    record Text(
            long key,
            @Nullable Long tokenHash,
            String value,
            @Nullable String exact) {}

    record Dated(
            long key, Instant low, Instant high, @Nullable Long tokenHash) {}

    record Quantity(
            long key,
            double low,
            double high,
            @Nullable Long unitHash,
            @Nullable Long tokenHash) {}

    final Set<Token> tokens = new LinkedHashSet<>();
    /** Every edge, the one to the patient of the record included. */
    final Set<Edge> edges = new LinkedHashSet<>();

    final Set<Text> texts = new LinkedHashSet<>();
    final Set<Dated> dates = new LinkedHashSet<>();
    final Set<Quantity> quantities = new LinkedHashSet<>();

    @Nullable
    ResourceKey patient;

    IndexValue.@Nullable DateRange dated;

    private final IndexRoom.Rows room;
    private final SearchParameters parameters;
    private final LocalReferences local;
    private final @Nullable SearchParameter patientPath;
    private final @Nullable SearchParameter clinicalDate;

    private final Set<Integer> patientEdges = new LinkedHashSet<>();

    private ResourceRows(IndexRoom.Rows room, SearchParameters parameters, LocalReferences local, String type) {
        this.room = room;
        this.parameters = parameters;
        this.local = local;
        this.patientPath = parameters.patientPath(type);
        this.clinicalDate = parameters.clinicalDate(type);
    }

    /**
     * The rows of a resource.
     *
     * @param room takes each of them; refuses what is too many
     * @param references the local resources that it refers to anywhere
     */
    static ResourceRows of(
            IndexRoom.Rows room,
            IndexExtractor extractor,
            SearchParameters parameters,
            LocalReferences local,
            ObjectNode resource,
            Set<ResourceKey> references) {
        ResourceRows rows = new ResourceRows(
                room, parameters, local, resource.path("resourceType").asText());
        extractor.extract(resource, rows);
        Set<ResourceKey> covered = new LinkedHashSet<>();
        rows.edges.forEach(edge -> {
            if (edge.target() != null) {
                covered.add(edge.target());
            }
        });
        for (ResourceKey key : references) {
            if (!covered.contains(key)) {
                room.add();
                rows.edges.add(new Edge(key, 0, 0));
            }
        }
        return rows;
    }

    /** The edges that search_reference holds: all but the one that the patient column holds. */
    List<Edge> referenceRows() {
        List<Edge> rows = new ArrayList<>(edges.size());
        for (Edge edge : edges) {
            boolean inColumn = patient != null && patient.equals(edge.target()) && patientEdges.contains(edge.param());
            if (!inColumn) {
                rows.add(edge);
            }
        }
        return rows;
    }

    @Override
    public void value(SearchParameter parameter, IndexValue value) {
        if (parameter.code().equals("_id") || parameter.code().equals("_lastUpdated")) {
            return; // columns of the record
        }
        int before = size();
        add(parameter, value);
        for (int i = before; i < size(); i++) {
            room.add();
        }
    }

    private int size() {
        return tokens.size() + edges.size() + texts.size() + dates.size() + quantities.size();
    }

    private void add(SearchParameter parameter, IndexValue value) {
        switch (value) {
            case IndexValue.Token token -> token(parameter, token);
            case IndexValue.Text text ->
                text(IndexKeys.parameter(parameter), null, StringFolding.fold(text.value()), text.value());
            case IndexValue.Uri uri -> text(IndexKeys.parameter(parameter), null, uri.value(), uri.value());
            case IndexValue.Reference reference -> reference(parameter, reference);
            case IndexValue.DateRange range -> {
                if (parameter.equals(clinicalDate) && dated == null) {
                    dated = range;
                } else {
                    dates.add(new Dated(
                            IndexKeys.parameter(parameter), range.lowInclusive(), range.highExclusive(), null));
                }
            }
            case IndexValue.Quantity quantity -> quantity(IndexKeys.parameter(parameter), null, quantity);
            case IndexValue.Number number ->
                quantities.add(new Quantity(
                        IndexKeys.parameter(parameter),
                        number.low().doubleValue(),
                        number.high().doubleValue(),
                        null,
                        null));
        }
    }

    private void token(SearchParameter parameter, IndexValue.Token token) {
        long key = IndexKeys.parameter(parameter);
        tokens.add(new Token(IndexKeys.value(key, token.code()), IndexKeys.token(token.system(), token.code())));
        if (parameter.code().equals("identifier") && token.system() != null) {
            tokens.add(new Token(IndexKeys.systemOnly(parameter, token.system()), 0));
        }
    }

    private void text(long key, @Nullable Long tokenHash, String folded, String exact) {
        String value = IndexKeys.indexed(folded);
        texts.add(new Text(key, tokenHash, value, folded.equals(exact) ? null : IndexKeys.indexed(exact)));
    }

    private void reference(SearchParameter parameter, IndexValue.Reference reference) {
        int param = IndexKeys.edge(parameter);
        ResourceKey key = local.key(reference.value());
        if (key == null) {
            edges.add(new Edge(null, IndexKeys.externalTarget(reference.value()), param));
            return;
        }
        edges.add(new Edge(key, 0, param));
        if (patientPath != null && key.type().equals("Patient") && parameters.coversPatient(parameter)) {
            patient = key;
            patientEdges.add(param);
        }
    }

    private void quantity(long key, @Nullable Long tokenHash, IndexValue.Quantity quantity) {
        double low = bound(quantity.low(), Double.NEGATIVE_INFINITY);
        double high = bound(quantity.high(), Double.POSITIVE_INFINITY);
        if (quantity.code() != null) {
            quantities.add(new Quantity(key, low, high, IndexKeys.unit(quantity.system(), quantity.code()), tokenHash));
        } else {
            String unit = quantity.unit();
            quantities.add(new Quantity(key, low, high, unit == null ? null : IndexKeys.unit(null, unit), tokenHash));
        }
    }

    private static double bound(@Nullable BigDecimal value, double ifOpen) {
        return value == null ? ifOpen : value.doubleValue();
    }

    /**
     * A composite (FHIR R4 section 3.1.1.4.14) stands under a key into which its discrete components are folded; its one
     * ranged component, if any, decides the table. Composites of two ranges are not kept.
     */
    @Override
    public void composite(SearchParameter parameter, List<IndexValue> components) {
        long key = IndexKeys.parameter(parameter);
        Long tokenHash = null;
        IndexValue ranged = null;
        for (IndexValue component : components) {
            switch (component) {
                case IndexValue.Token token -> {
                    key = IndexKeys.value(key, token.code());
                    long hash = IndexKeys.token(token.system(), token.code());
                    tokenHash = tokenHash == null ? hash : Long.valueOf(tokenHash * 31 + hash);
                }
                case IndexValue.Uri uri -> key = IndexKeys.value(key, uri.value());
                case IndexValue.Reference reference -> key = IndexKeys.value(key, reference.value());
                case IndexValue.Text ignored -> ranged = component;
                case IndexValue.DateRange ignored -> ranged = component;
                case IndexValue.Quantity ignored -> ranged = component;
                case IndexValue.Number ignored -> ranged = component;
            }
        }
        composite(key, tokenHash, ranged);
    }

    private void composite(long key, @Nullable Long tokenHash, @Nullable IndexValue ranged) {
        switch (ranged) {
            case null -> tokens.add(new Token(key, tokenHash == null ? 0 : tokenHash));
            case IndexValue.Text text -> text(key, tokenHash, StringFolding.fold(text.value()), text.value());
            case IndexValue.DateRange range ->
                dates.add(new Dated(key, range.lowInclusive(), range.highExclusive(), tokenHash));
            case IndexValue.Quantity quantity -> quantity(key, tokenHash, quantity);
            case IndexValue.Number number ->
                quantities.add(new Quantity(
                        key, number.low().doubleValue(), number.high().doubleValue(), null, tokenHash));
            case IndexValue.Token ignored -> throw new IllegalStateException("discrete");
            case IndexValue.Uri ignored -> throw new IllegalStateException("discrete");
            case IndexValue.Reference ignored -> throw new IllegalStateException("discrete");
        }
    }
}
