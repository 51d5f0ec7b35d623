package org.countyhub.fhir.search.parse;

import org.jspecify.annotations.Nullable;

/**
 * One parameter of a search as it was sent, decoded: {@code subject:Patient.name=x} has name {@code subject}, modifier
 * {@code Patient}, chain {@code name} and value {@code x}.
 *
 * @param modifier what follows the colon, or null
 * @param chain what follows the first full stop, or null
 */
record Parameter(
        String name, @Nullable String modifier, @Nullable String chain, String value) {
    static Parameter of(String key, String value) {
        int dot = key.indexOf('.');
        String head = dot < 0 ? key : key.substring(0, dot);
        String chain = dot < 0 ? null : key.substring(dot + 1);
        int colon = head.indexOf(':');
        return new Parameter(
                colon < 0 ? head : head.substring(0, colon),
                colon < 0 ? null : head.substring(colon + 1),
                chain,
                value);
    }

    /** The key as it was sent, to name it in an error. */
    String key() {
        return name + (modifier == null ? "" : ":" + modifier) + (chain == null ? "" : "." + chain);
    }
}
