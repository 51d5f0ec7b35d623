package org.countyhub.fhir.transaction;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what entries of a transaction call each other by where the resources are (FHIR R4 section 3.1.0.11.2): in
 * references, in URIs, and in links and images of narratives; and conditional references by what they find.
 */
final class ReferenceRewriter {
    private static final Pattern LINK = Pattern.compile("((?:href|src)\\s*=\\s*)([\"'])(.*?)\\2", Pattern.DOTALL);

    private final Map<String, ResourceKey> byFullUrl = new HashMap<>();
    private final Map<Resolution.Condition, ResourceKey> byCriteria = new HashMap<>();
    private final LocalReferences local;
    private final Definitions definitions;
    private final boolean missingReferences;

    /** @param missingReferences whether a reference may lead to nothing */
    ReferenceRewriter(LocalReferences local, Definitions definitions, boolean missingReferences) {
        this.local = local;
        this.definitions = definitions;
        this.missingReferences = missingReferences;
    }

    void know(@Nullable String fullUrl, ResourceKey key) {
        if (fullUrl != null) {
            byFullUrl.put(fullUrl, key);
        }
    }

    /** What a conditional reference such as {@code Patient?identifier=x} found. */
    void found(Resolution.Condition condition, ResourceKey key) {
        byCriteria.put(condition, key);
    }

    /** Rewrites a draft from what the client sent, and notes which local resources it refers to. */
    void rewrite(Draft draft) {
        draft.forget();
        for (Draft.Slot slot : draft.slots()) {
            switch (slot) {
                case Draft.Slot.Literal literal -> literal(draft, literal);
                case Draft.Slot.Uri uri -> uri(draft, uri);
                case Draft.Slot.Narrative narrative -> narrative.narrative().put("div", links(narrative.sent()));
            }
        }
    }

    /**
     * Section 3.1.0.11.2 names elements of type uri, url, oid and uuid. What takes the place of a urn must still be a value of
     * its type, and the relative address of a resource is neither an oid nor a uuid: those keep what the client wrote.
     */
    private void uri(Draft draft, Draft.Slot.Uri slot) {
        ResourceKey key = byFullUrl.get(slot.sent());
        if (key != null && !slot.value().takes(key.toString())) {
            key = null;
        }
        slot.value().replace(key == null ? slot.sent() : key.toString());
        mention(draft, key == null ? local.key(slot.sent()) : key);
    }

    private void mention(Draft draft, @Nullable ResourceKey key) {
        if (key != null && definitions.isResourceType(key.type())) {
            draft.mentions.add(key);
        }
    }

    private void literal(Draft draft, Draft.Slot.Literal slot) {
        String sent = slot.sent();
        ResourceKey key = meant(draft, slot);
        if (key != null) {
            slot.reference().put("reference", key.toString());
            refer(draft, key, slot);
            return;
        }
        slot.reference().put("reference", sent);
        switch (slot.form()) {
            case ReferenceForm.Local target -> {
                refer(draft, target.key(), slot);
                if (target.version() != null) {
                    draft.versions.add(new Draft.VersionReference(target.key(), target.version(), slot.place()));
                }
            }
            case ReferenceForm.Elsewhere ignored -> {
                if (!missingReferences && (sent.startsWith("urn:uuid:") || sent.startsWith("urn:oid:"))) {
                    throw Problem.unprocessable(Fault.at(
                            slot.place() + ".reference", "not-found", "no entry of the request has fullUrl " + sent));
                }
            }
            case ReferenceForm.Conditional ignored ->
                // All others were resolved before; what a patch adds is known too late for that.
                throw Problem.unprocessable(Fault.at(
                        slot.place() + ".reference",
                        "not-supported",
                        "a patch takes no conditional reference; say which resource is meant"));
            case ReferenceForm.Malformed ignored -> throw malformed(slot);
        }
    }

    private static RuntimeException malformed(Draft.Slot.Literal slot) {
        return Problem.malformed(Fault.at(
                slot.place() + ".reference",
                "value",
                "a reference is [type]/[id], [type]/[id]/_history/[vid], #[id], or an absolute address that starts with"
                        + " http:, https:, ftp: or urn:, and under the server's own address only one of the first two; it is not "
                        + slot.sent()));
    }

    private void refer(Draft draft, ResourceKey key, Draft.Slot.Literal slot) {
        if (!definitions.isResourceType(key.type())) {
            throw Problem.malformed(
                    Fault.at(slot.place() + ".reference", "value", "there is no resource type " + key.type()));
        }
        draft.references.putIfAbsent(key, slot.place());
    }

    private @Nullable ResourceKey meant(Draft draft, Draft.Slot.Literal slot) {
        String sent = slot.sent();
        ResourceKey key = byFullUrl.get(sent);
        if (key == null && slot.form() instanceof ReferenceForm.Conditional conditional) {
            key = byCriteria.get(Resolution.Condition.of(conditional.type(), conditional.criteria()));
        }
        if (key == null && draft.fullUrl != null && draft.fullUrl.startsWith("http")) {
            key = byFullUrl.get(base(draft.fullUrl) + sent);
        }
        return key;
    }

    /** The base of a RESTful address, {@code http://a/b/} of {@code http://a/b/Patient/1} (section 2.36.4.1). */
    private static String base(String fullUrl) {
        int id = fullUrl.lastIndexOf('/');
        int type = id < 0 ? -1 : fullUrl.lastIndexOf('/', id - 1);
        return type < 0 ? fullUrl : fullUrl.substring(0, type + 1);
    }

    private String links(String div) {
        Matcher matcher = LINK.matcher(div);
        StringBuilder rewritten = new StringBuilder(div.length());
        while (matcher.find()) {
            ResourceKey key = byFullUrl.get(matcher.group(3));
            String link = key == null ? matcher.group(3) : key.toString();
            matcher.appendReplacement(
                    rewritten, Matcher.quoteReplacement(matcher.group(1) + matcher.group(2) + link + matcher.group(2)));
        }
        return matcher.appendTail(rewritten).toString();
    }
}
