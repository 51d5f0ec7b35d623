package org.countyhub.fhir.hl7v2.sender;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.hl7v2.message.MessageCharset;
import org.jspecify.annotations.Nullable;

/** The file that HUB_MLLP_SENDERS names. Whatever is wrong with it keeps the server from starting, with the reason. */
public final class SendersFile {
    private SendersFile() {}

    private record Content(@Nullable List<Entry> senders) {}

    private record Entry(
            @Nullable String application,
            @Nullable String facility,
            @Nullable String source,
            @Nullable String organization,
            @Nullable String patientSystem,
            @Nullable Map<String, String> authorities,
            @Nullable Map<String, String> types,
            @Nullable String ssnSystem,
            @Nullable String charset,
            @Nullable String processingId) {}

    /** The senders of a file, at least one. */
    public static Senders read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("HUB_MLLP_SENDERS: " + file + " cannot be read", e);
        }
    }

    static Senders parse(String json, String file) {
        Content content;
        try {
            content = JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .build()
                    .readValue(json, Content.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("HUB_MLLP_SENDERS: " + file + ": " + e.getMessage(), e);
        }
        List<Sender> senders = new ArrayList<>();
        Set<List<String>> known = new HashSet<>();
        for (Entry entry : content.senders() == null ? List.<Entry>of() : content.senders()) {
            String place = "HUB_MLLP_SENDERS: " + file + ": senders[" + senders.size() + "]";
            Sender sender = sender(entry, place);
            if (!known.add(List.of(sender.application(), sender.facility()))) {
                throw new IllegalArgumentException(place + " is " + sender.application() + " of " + sender.facility()
                        + ", which is there already");
            }
            senders.add(sender);
        }
        if (senders.isEmpty()) {
            throw new IllegalArgumentException("HUB_MLLP_SENDERS: " + file + " names no senders");
        }
        return new Senders(senders);
    }

    private static Sender sender(Entry entry, String place) {
        String organization = required(entry.organization(), place, "organization");
        if (!organization.matches("Organization/[A-Za-z0-9.-]{1,64}")) {
            throw new IllegalArgumentException(place + ".organization must be Organization/[id]");
        }
        Map<String, String> authorities = entry.authorities() == null ? Map.of() : entry.authorities();
        Map<String, String> types = entry.types() == null ? Map.of() : entry.types();
        authorities.forEach((namespace, system) -> uri(system, place, "authorities." + namespace));
        types.forEach((type, system) -> uri(system, place, "types." + type));
        if (entry.ssnSystem() != null) {
            uri(entry.ssnSystem(), place, "ssnSystem");
        }
        return new Sender(
                required(entry.application(), place, "application"),
                required(entry.facility(), place, "facility"),
                uri(entry.source(), place, "source"),
                organization,
                uri(entry.patientSystem(), place, "patientSystem"),
                authorities,
                types,
                entry.ssnSystem(),
                charset(entry.charset(), place),
                entry.processingId() == null ? "P" : entry.processingId());
    }

    private static @Nullable Charset charset(@Nullable String name, String place) {
        return name == null
                ? null
                : MessageCharset.named(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                place + ".charset must be UTF-8 or GB18030 but is " + name));
    }

    private static String uri(@Nullable String value, String place, String name) {
        String uri = required(value, place, name);
        if (!uri.matches("[A-Za-z][A-Za-z0-9+.-]*:\\S+")) {
            throw new IllegalArgumentException(place + "." + name + " must be a URI but is " + uri);
        }
        return uri;
    }

    private static String required(@Nullable String value, String place, String name) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(place + " has no " + name);
        }
        return value.strip();
    }
}
