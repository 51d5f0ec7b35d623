package org.countyhub.imaging.dicomweb;

import java.io.IOException;

/** A multipart body that is none. An IOException, because to whoever reads a part it is as if the sender broke off. */
final class MultipartFault extends IOException {
    private static final long serialVersionUID = 1L;

    private final String place;

    MultipartFault(String place, String why) {
        super(why);
        this.place = place;
    }

    String place() {
        return place;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
