package org.countyhub.bench.county;

/** Where someone lives, inside 福建省泉州市南安市. */
public record Address(String town, String line) {
    public String text() {
        return "福建省泉州市南安市" + town + line;
    }
}
