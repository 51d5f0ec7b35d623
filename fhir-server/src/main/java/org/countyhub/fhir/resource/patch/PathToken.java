package org.countyhub.fhir.resource.patch;

/** A word of a FHIRPath expression; {@code offset} is where it starts, in characters. */
record PathToken(Kind kind, String text, int offset) {
    enum Kind {
        NAME,
        VARIABLE,
        STRING,
        NUMBER,
        MOMENT,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }
}
