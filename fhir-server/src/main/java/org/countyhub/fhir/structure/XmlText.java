package org.countyhub.fhir.structure;

/** Text as XML has it, in content and in attributes between double quotes alike (XML 1.0 sections 2.2 to 2.4). */
final class XmlText {
    private XmlText() {}

    /**
     * Appends text so that a reader finds every character again, line ends and tabs of attributes too.
     *
     * @throws IllegalArgumentException when XML 1.0 has no way to write a character
     */
    static void escape(String text, StringBuilder to) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> to.append("&amp;");
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                case '"' -> to.append("&quot;");
                case '\t', '\n', '\r' -> to.append("&#").append((int) c).append(';');
                default -> {
                    if (c < ' ' || c >= '\uFFFE') {
                        throw new IllegalArgumentException("no character of XML");
                    }
                    to.append(c);
                }
            }
        }
    }
}
