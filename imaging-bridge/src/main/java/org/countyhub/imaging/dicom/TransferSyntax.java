package org.countyhub.imaging.dicom;

/**
 * How a data set and its pixels are encoded (PS3.5 section 10 and annex A). Those that the hub does not know are kept as
 * they are: all of the standard's but the first four are explicit little endian with pixels in fragments.
 *
 * @param uid as sent
 */
public record TransferSyntax(String uid) {
    public static final TransferSyntax IMPLICIT_LITTLE_ENDIAN = new TransferSyntax("1.2.840.10008.1.2");
    public static final TransferSyntax EXPLICIT_LITTLE_ENDIAN = new TransferSyntax("1.2.840.10008.1.2.1");
    public static final TransferSyntax DEFLATED_LITTLE_ENDIAN = new TransferSyntax("1.2.840.10008.1.2.1.99");
    public static final TransferSyntax EXPLICIT_BIG_ENDIAN = new TransferSyntax("1.2.840.10008.1.2.2");
    public static final TransferSyntax JPEG_BASELINE = new TransferSyntax("1.2.840.10008.1.2.4.50");
    public static final TransferSyntax JPEG_EXTENDED = new TransferSyntax("1.2.840.10008.1.2.4.51");
    public static final TransferSyntax JPEG_LOSSLESS = new TransferSyntax("1.2.840.10008.1.2.4.57");
    public static final TransferSyntax JPEG_LOSSLESS_SV1 = new TransferSyntax("1.2.840.10008.1.2.4.70");
    public static final TransferSyntax JPEG_LS_LOSSLESS = new TransferSyntax("1.2.840.10008.1.2.4.80");
    public static final TransferSyntax JPEG_LS_NEAR_LOSSLESS = new TransferSyntax("1.2.840.10008.1.2.4.81");
    public static final TransferSyntax JPEG_2000_LOSSLESS = new TransferSyntax("1.2.840.10008.1.2.4.90");
    public static final TransferSyntax JPEG_2000 = new TransferSyntax("1.2.840.10008.1.2.4.91");
    public static final TransferSyntax RLE_LOSSLESS = new TransferSyntax("1.2.840.10008.1.2.5");

    public boolean isExplicit() {
        return !uid.equals(IMPLICIT_LITTLE_ENDIAN.uid);
    }

    public boolean isBigEndian() {
        return uid.equals(EXPLICIT_BIG_ENDIAN.uid);
    }

    public boolean isDeflated() {
        return uid.equals(DEFLATED_LITTLE_ENDIAN.uid);
    }

    /** Whether pixels are as they are, neither compressed nor in fragments. */
    public boolean isNative() {
        return !isExplicit() || isBigEndian() || isDeflated() || uid.equals(EXPLICIT_LITTLE_ENDIAN.uid);
    }
}
