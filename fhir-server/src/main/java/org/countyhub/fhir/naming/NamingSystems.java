package org.countyhub.fhir.naming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Aliases as the stored NamingSystem resources of kind {@code identifier} say, whatever their status: of the addresses in
 * {@code uniqueId} the preferred one is canonical, else the first of type {@code uri}, else the first. Read at start,
 * after every write of a NamingSystem, and whenever {@link #reload} is called.
 */
public final class NamingSystems implements IdentifierSystems {
    private static final String TYPE = "NamingSystem";
    private static final int MAX_SYSTEMS = 10_000;
    /** Held by whoever writes a NamingSystem until its transaction ends: of two that claim one address, one is the later. */
    private static final Set<String> LOCK = Set.of("NamingSystem.uniqueId");

    private record Group(String canonical, List<String> all) {}

    /**
     * A change that must not be.
     *
     * @param key the NamingSystem that it is about
     * @param fault which address, and who has it
     */
    public record Clash(ResourceKey key, Fault fault) {}

    /** Addresses that mean the same no longer, because the NamingSystem that said so is to be deleted. */
    public record Parted(ResourceKey key, List<String> addresses) {}

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

    @Override
    public boolean known(String system) {
        return groups.containsKey(system);
    }

    /** Reads the resources again if a committed transaction touched one. */
    public void committed(List<ResourceChange> changes) {
        if (changes.stream().anyMatch(change -> change.key().type().equals(TYPE))) {
            reload();
        }
    }

    /** Reads the resources again; one at a time, so that what was read later also counts later. */
    public synchronized void reload() {
        Map<String, Group> loaded = new HashMap<>();
        for (StoredVersion version : store.list(TYPE, MAX_SYSTEMS)) {
            Group group = group(addresses(parser.read(version.json())));
            group.all().forEach(address -> loaded.putIfAbsent(address, group));
        }
        groups = Map.copyOf(loaded);
    }

    /**
     * Whether the changes give an address to two NamingSystems: then identifiers would be kept under the one or the other,
     * and a search would find a part. To be called inside the transaction, with all its locks held.
     */
    public @Nullable Clash clash(List<ResourceChange> changes) {
        List<ResourceChange> own = own(changes);
        if (own.isEmpty()) {
            return null;
        }
        Map<String, ResourceKey> owners = new HashMap<>();
        others(own).forEach((key, addresses) -> addresses.forEach(address -> owners.putIfAbsent(address, key)));
        for (ResourceChange change : own) {
            List<Address> addresses = change.resource() == null ? List.of() : addresses(change.resource());
            for (Address address : addresses) {
                ResourceKey owner = owners.putIfAbsent(address.text(), change.key());
                if (owner != null && !owner.equals(change.key())) {
                    return new Clash(
                            change.key(),
                            Fault.at(
                                    "NamingSystem.uniqueId[" + address.index() + "].value",
                                    "duplicate",
                                    address.text() + " is a uniqueId of " + owner
                                            + " already; an address names one system"));
                }
            }
        }
        return null;
    }

    /** What the deletes among the changes part; addresses that another NamingSystem holds together are not parted. */
    public List<Parted> parted(List<ResourceChange> changes) {
        List<ResourceChange> own = own(changes);
        List<Parted> parted = new ArrayList<>();
        for (ResourceChange change : own) {
            ObjectNode previous = change.previous();
            List<String> gone = change.change() != Change.DELETE || previous == null
                    ? List.of()
                    : group(addresses(previous)).all();
            if (gone.size() > 1 && remaining(own).noneMatch(kept -> kept.containsAll(gone))) {
                parted.add(new Parted(change.key(), gone));
            }
        }
        return parted;
    }

    private static List<ResourceChange> own(List<ResourceChange> changes) {
        return changes.stream()
                .filter(change -> change.key().type().equals(TYPE) && change.change() != Change.NONE)
                .toList();
    }

    /** The addresses of every NamingSystem after the changes. */
    private Stream<List<String>> remaining(List<ResourceChange> own) {
        Stream<List<String>> changed = own.stream()
                .map(ResourceChange::resource)
                .filter(Objects::nonNull)
                .map(resource -> group(addresses(resource)).all());
        return Stream.concat(others(own).values().stream(), changed);
    }

    /** The addresses of the stored NamingSystems that are not among the changes. */
    private Map<ResourceKey, List<String>> others(List<ResourceChange> own) {
        store.lockAndLookUp(LOCK, Set.of(), Set.of());
        Set<ResourceKey> changed = own.stream().map(ResourceChange::key).collect(Collectors.toSet());
        Map<ResourceKey, List<String>> others = new HashMap<>();
        for (StoredVersion version : store.list(TYPE, MAX_SYSTEMS)) {
            if (!changed.contains(version.key())) {
                others.put(
                        version.key(),
                        group(addresses(parser.read(version.json()))).all());
            }
        }
        return others;
    }

    /**
     * One {@code uniqueId}.
     *
     * @param text as it stands in Identifier.system
     */
    private record Address(int index, String text, boolean preferred, boolean uri) {}

    /** The addresses that a NamingSystem gives to an identifier system; none if it is about something else. */
    private static List<Address> addresses(JsonNode resource) {
        List<Address> addresses = new ArrayList<>();
        if (resource.path("kind").asText().equals("identifier")) {
            JsonNode uniqueIds = resource.path("uniqueId");
            for (int i = 0; i < uniqueIds.size(); i++) {
                JsonNode uniqueId = uniqueIds.path(i);
                if (!uniqueId.path("value").asText().isEmpty()) {
                    addresses.add(new Address(
                            i,
                            address(uniqueId),
                            uniqueId.path("preferred").asBoolean(),
                            uniqueId.path("type").asText().equals("uri")));
                }
            }
        }
        return addresses;
    }

    private static Group group(List<Address> addresses) {
        List<String> all = addresses.stream().map(Address::text).distinct().toList();
        String canonical = Stream.of(
                        addresses.stream().filter(Address::preferred),
                        addresses.stream().filter(Address::uri),
                        addresses.stream())
                .flatMap(order -> order)
                .findFirst()
                .map(Address::text)
                .orElse("");
        return new Group(canonical, all);
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
