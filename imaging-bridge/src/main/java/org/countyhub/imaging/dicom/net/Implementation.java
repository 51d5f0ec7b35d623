package org.countyhub.imaging.dicom.net;

/** How the hub names itself (PS3.7 annex D.3.3.2). */
final class Implementation {
    static final String CLASS_UID = "2.25.44662132769728047731602523222965134762";
    static final String VERSION_NAME = "COUNTYHUB_0.1";

    private Implementation() {}
}
