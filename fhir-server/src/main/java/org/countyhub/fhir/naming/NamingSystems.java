package org.countyhub.fhir.naming;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.structure.ResourceParser;

/**
 * Aliases as the stored NamingSystem resources of kind {@code identifier} say: of the addresses in {@code uniqueId} the
 * preferred one is canonical, else the first of type {@code uri}, else the first. Read at start, after every write of a
 * NamingSystem, and whenever {@link #reload} is called.
 */
public final class NamingSystems implements IdentifierSystems {
    private static final String TYPE = "NamingSystem";
    private static final int MAX_SYSTEMS = 10_000;

    private record Group(String canonical, List<String> all) {}

    private final ResourceStore store;
    private final ResourceParser parser;
    private volatile Map<String, Group> groups = Map.of();

    public NamingSystems(ResourceStore store, ResourceParser parser) {
        this.store = store;
        this.parser = parser;
    }

    @Override
    public String canonical(String system) {
        Group group = groups.get(system);
        return group == null ? system : group.canonical();
    }

    @Override
    public List<String> all(String system) {
        Group group = groups.get(system);
        return group == null ? List.of(system) : group.all();
    }

    /** Reads the resources again if a committed transaction touched one. */
    public void committed(List<ResourceChange> changes) {
        if (changes.stream().anyMatch(change -> change.key().type().equals(TYPE))) {
            reload();
        }
    }

    /** Reads the resources again. */
    public void reload() {
        Map<String, Group> loaded = new HashMap<>();
        for (StoredVersion version : store.list(TYPE, MAX_SYSTEMS)) {
            JsonNode resource = parser.read(version.json());
            if (resource.path("kind").asText().equals("identifier")) {
                Group group = group(resource.path("uniqueId"));
                group.all().forEach(address -> loaded.putIfAbsent(address, group));
            }
        }
        groups = Map.copyOf(loaded);
    }

    private static Group group(JsonNode uniqueIds) {
        Set<String> all = new LinkedHashSet<>();
        List<String> preferred = new ArrayList<>();
        List<String> uris = new ArrayList<>();
        for (JsonNode uniqueId : uniqueIds) {
            String address = address(uniqueId);
            all.add(address);
            if (uniqueId.path("preferred").asBoolean()) {
                preferred.add(address);
            }
            if (uniqueId.path("type").asText().equals("uri")) {
                uris.add(address);
            }
        }
        List<String> order = new ArrayList<>(preferred);
        order.addAll(uris);
        order.addAll(all);
        return new Group(order.getFirst(), List.copyOf(all));
    }

    /** The address as it stands in Identifier.system: {@code urn:oid:} before a bare OID, {@code urn:uuid:} before a UUID. */
    private static String address(JsonNode uniqueId) {
        String value = uniqueId.path("value").asText();
        return switch (uniqueId.path("type").asText()) {
            case "oid" -> value.startsWith("urn:") ? value : "urn:oid:" + value;
            case "uuid" -> value.startsWith("urn:") ? value : "urn:uuid:" + value;
            default -> value;
        };
    }
}
