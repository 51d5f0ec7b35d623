package org.countyhub.imaging.dicom;

import java.math.BigInteger;
import java.util.UUID;
import java.util.regex.Pattern;

/** Unique identifiers (PS3.5 chapter 9). */
public final class Uid {
    /** Components with leading zeros, which the standard forbids, are sent by devices and do no harm. */
    private static final Pattern FORM = Pattern.compile("[0-9]+(\\.[0-9]+)*");

    private static final int LONGEST = 64;

    private Uid() {}

    /** Whether it can be a UID: digits and dots, at most 64, no component empty. */
    public static boolean isValid(String uid) {
        return uid.length() <= LONGEST && FORM.matcher(uid).matches();
    }

    /** A UID made of a UUID (PS3.5 section B.2). */
    public static String of(UUID uuid) {
        return "2.25." + new BigInteger(uuid.toString().replace("-", ""), 16);
    }
}
