package org.countyhub.imaging.dicom.net;

/** What the hub lets be proposed. */
final class SopClasses {
    static final String VERIFICATION = "1.2.840.10008.1.1";
    private static final String STANDARD = "1.2.840.10008.";
    private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";
    /** Protocols and inventories: objects of no patient, and their queries. */
    private static final String PROTOCOLS = STORAGE + "200.";

    private static final String INVENTORIES = STORAGE + "201.";
    private static final String BEAMS_DELIVERY_INSTRUCTION = "1.2.840.10008.5.1.4.34.7";
    private static final String TRANSFER_SYNTAX = "1.2.840.10008.1.2";

    private SopClasses() {}

    /**
     * Whether instances of a class are images, reports or waveforms of a patient (PS3.4 annex B.5): by the branch under which the standard
     * puts them, so that those of a later edition than this program are stored too.
     */
    static boolean isStorage(String uid, boolean privateOnes) {
        return uid.startsWith(STANDARD)
                ? (uid.startsWith(STORAGE) && !uid.startsWith(PROTOCOLS) && !uid.startsWith(INVENTORIES))
                        || uid.equals(BEAMS_DELIVERY_INSTRUCTION)
                : privateOnes && uid.matches("[0-2](\\.(0|[1-9][0-9]*))+") && uid.length() <= 64;
    }

    /** Whether a transfer syntax is the standard's and has its pixels in the data set (PS3.5 annex A): no JPIP, video lines, MIME, XML. */
    static boolean isStored(String transferSyntax) {
        return switch (transferSyntax) {
            case "1.2.840.10008.1.2.4.94",
                    "1.2.840.10008.1.2.4.95",
                    "1.2.840.10008.1.2.4.204",
                    "1.2.840.10008.1.2.4.205" -> false;
            default ->
                transferSyntax.equals(TRANSFER_SYNTAX)
                        || transferSyntax.startsWith(TRANSFER_SYNTAX + ".1")
                        || transferSyntax.equals(TRANSFER_SYNTAX + ".2")
                        || transferSyntax.startsWith(TRANSFER_SYNTAX + ".4.")
                        || transferSyntax.equals(TRANSFER_SYNTAX + ".5");
        };
    }

    /** Whether questions and answers may be encoded so. */
    static boolean isPlain(String transferSyntax) {
        return transferSyntax.equals(TRANSFER_SYNTAX)
                || transferSyntax.equals(TRANSFER_SYNTAX + ".1")
                || transferSyntax.equals(TRANSFER_SYNTAX + ".2");
    }
}
