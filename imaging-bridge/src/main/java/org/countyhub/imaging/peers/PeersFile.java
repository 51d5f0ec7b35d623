package org.countyhub.imaging.peers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.study.Source;
import org.jspecify.annotations.Nullable;

/** The file that HUB_IMAGING_PEERS names. Whatever is wrong with it keeps the server from starting, with the place and the reason. */
public final class PeersFile {
    /** A reference as R4 writes it. */
    static final String ORGANIZATION = "Organization/[A-Za-z0-9.-]{1,64}";

    /** The defined terms of PS3.3 section C.12.1.1.2 that stand for a whole character set by themselves. */
    private static final Set<String> CHARACTER_SETS = Set.of(
            "GB18030",
            "GBK",
            "ISO_IR 192",
            "ISO_IR 100",
            "ISO_IR 101",
            "ISO_IR 109",
            "ISO_IR 110",
            "ISO_IR 126",
            "ISO_IR 127",
            "ISO_IR 138",
            "ISO_IR 144",
            "ISO_IR 148",
            "ISO_IR 166",
            "ISO_IR 13");

    private PeersFile() {}

    record Content(
            @Nullable List<SourceEntry> sources, @Nullable ReadersEntry readers) {}

    record SourceEntry(
            @Nullable String id,
            @Nullable String organization,
            @Nullable String patientSystem,
            @Nullable String accessionSystem,
            @Nullable Map<String, String> issuers,
            @Nullable String characterSet,
            @Nullable List<DeviceEntry> devices) {}

    record DeviceEntry(
            @Nullable String aeTitle,
            @Nullable List<String> addresses,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable Boolean tls,
            @Nullable List<String> may,
            @Nullable Integer maxAssociations,
            @Nullable String certificateSha256,
            @JsonProperty("notify") @Nullable Boolean notified) {}

    /** The peers of a file: at least one source. */
    public static Peers read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("HUB_IMAGING_PEERS: " + file + " cannot be read", e);
        }
    }

    static Peers parse(String json, String file) {
        Place root = new Place("HUB_IMAGING_PEERS: " + file + ": ");
        Content content;
        try {
            content = JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .build()
                    .readValue(json, Content.class);
        } catch (JsonProcessingException e) {
            throw root.wrong(String.valueOf(e.getMessage()));
        }
        List<SourceEntry> entries = content == null || content.sources() == null ? List.of() : content.sources();
        if (content == null || entries.isEmpty()) {
            throw root.wrong("no sources");
        }
        List<Source> sources = new ArrayList<>();
        List<Device> devices = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (SourceEntry entry : entries) {
            Place place = root.at("sources[" + sources.size() + "]");
            Source source = source(place.there(entry), place);
            if (!ids.add(source.id())) {
                throw place.at(".id").wrong(source.id() + " is there already");
            }
            sources.add(source);
            DeviceEntries.add(entry.devices(), source, place, devices);
        }
        return new Peers.Listed(
                sources,
                devices,
                Optional.ofNullable(content.readers()).map(readers -> readers.checked(root.at("readers"))));
    }

    private static Source source(SourceEntry entry, Place place) {
        Map<String, String> issuers = entry.issuers() == null ? Map.of() : entry.issuers();
        issuers.forEach((issuer, system) -> place.at(".issuers." + issuer).uri(system));
        if (entry.characterSet() != null && !CHARACTER_SETS.contains(entry.characterSet())) {
            throw place.at(".characterSet").wrong("not a defined term such as GB18030: " + entry.characterSet());
        }
        return new Source(
                place.at(".id").matching(entry.id(), "[a-z0-9][a-z0-9-]{0,31}", "small letters, digits and hyphens"),
                entry.organization() == null
                        ? null
                        : place.at(".organization").matching(entry.organization(), ORGANIZATION, "Organization/[id]"),
                place.at(".patientSystem").uri(entry.patientSystem()),
                place.at(".accessionSystem").uri(entry.accessionSystem()),
                issuers,
                entry.characterSet());
    }
}
