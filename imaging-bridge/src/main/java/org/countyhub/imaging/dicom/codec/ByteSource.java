package org.countyhub.imaging.dicom.codec;

import java.io.IOException;

/** The bytes of a data set as encoded, by their positions (inflated, where it is deflated). */
@FunctionalInterface
public interface ByteSource {
    /** That many bytes; EOFException where there are fewer. */
    byte[] read(long position, int length) throws IOException;
}
