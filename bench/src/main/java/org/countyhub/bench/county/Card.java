package org.countyhub.bench.county;

/** One code of a person; where the type is per hospital, the registration that holds it names the hospital. */
public record Card(CardType type, String value) {
    /** As a token for a search: {@code system|value}. */
    public String token() {
        return type.system() + "|" + value;
    }
}
