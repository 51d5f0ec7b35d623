package org.countyhub.fhir.structure;

/**
 * The written forms of the primitive types that are JSON strings, dates apart (FHIR R4 section 2.24.0.1). Written out by
 * hand: on the path of every write, regular expressions cost ten times as much.
 */
final class Lexical {
    private static final int MAX_ID_LENGTH = 64;
    private static final String OID_PREFIX = "urn:oid:";
    private static final String UUID_PREFIX = "urn:uuid:";
    private static final int UUID_LENGTH = 36;

    private Lexical() {}

    /** Whole characters, without control characters other than tab, carriage return and line feed. */
    static boolean isText(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < ' ' ? !isWhitespace(c) : Character.isSurrogate(c) && !isPair(text, at++)) {
                return false;
            }
        }
        return true;
    }

    /** Text without whitespace. */
    static boolean isUri(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c <= ' ' || (Character.isSurrogate(c) && !isPair(text, at++))) {
                return false;
            }
        }
        return true;
    }

    /** Text without whitespace at its ends, and with single whitespace only inside. */
    static boolean isCode(String text) {
        boolean afterWhitespace = true;
        for (int at = 0; at < text.length(); at++) {
            boolean whitespace = isWhitespace(text.charAt(at));
            if (whitespace && afterWhitespace) {
                return false;
            }
            afterWhitespace = whitespace;
        }
        return !afterWhitespace && isText(text);
    }

    /** Up to 64 letters, digits, dashes and dots. */
    static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_ID_LENGTH) {
            return false;
        }
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!isLetterOrDigit(c) && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    /** {@code urn:oid:} and numbers without leading zeros, the first from 0 to 2, and at least two. */
    static boolean isOid(String text) {
        int at = OID_PREFIX.length();
        if (!text.startsWith(OID_PREFIX) || text.length() < at + 3 || text.charAt(at) > '2' || !isDigit(text, at)) {
            return false;
        }
        at++;
        while (at < text.length()) {
            if (text.charAt(at++) != '.' || !isDigit(text, at)) {
                return false;
            }
            boolean zero = text.charAt(at++) == '0';
            while (!zero && isDigit(text, at)) {
                at++;
            }
        }
        return true;
    }

    /** {@code urn:uuid:} and a UUID in small letters. */
    static boolean isUuid(String text) {
        int start = UUID_PREFIX.length();
        if (!text.startsWith(UUID_PREFIX) || text.length() != start + UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(start + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    /** Groups of four characters of base64 (RFC 4648 section 4) with padding, whitespace allowed. */
    static boolean isBase64(String text) {
        int characters = 0;
        int padding = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '=') {
                padding++;
            } else if (isLetterOrDigit(c) || c == '+' || c == '/') {
                if (padding > 0) {
                    return false;
                }
                characters++;
            } else if (c != ' ' && !isWhitespace(c)) {
                return false;
            }
        }
        return characters > 0 && padding <= 2 && (characters + padding) % 4 == 0;
    }

    /** A number as JSON has it (RFC 8259 section 6), which is how R4 writes decimals in XML too. */
    static boolean isNumber(String text) {
        int at = digits(text, sign(text));
        if (at < 0) {
            return false;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = at + 1;
            at = fraction;
            while (isDigit(text, at)) {
                at++;
            }
            if (at == fraction) {
                return false;
            }
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            at += at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? 1 : 0;
            int exponent = at;
            while (isDigit(text, at)) {
                at++;
            }
            if (at == exponent) {
                return false;
            }
        }
        return at == text.length();
    }

    /** Whether a number has neither fraction nor exponent. */
    static boolean isInteger(String number) {
        return digits(number, sign(number)) == number.length();
    }

    private static int sign(String text) {
        return text.startsWith("-") ? 1 : 0;
    }

    /** The end of the digits that begin at a place, without leading zeros; -1 when there are none. */
    private static int digits(String text, int from) {
        int at = from;
        while (isDigit(text, at) && (at == from || text.charAt(from) != '0')) {
            at++;
        }
        return at == from ? -1 : at;
    }

    private static boolean isPair(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }

    private static boolean isWhitespace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
