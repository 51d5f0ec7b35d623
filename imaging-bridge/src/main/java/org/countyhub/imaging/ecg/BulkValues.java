package org.countyhub.imaging.ecg;

import java.io.IOException;
import org.countyhub.imaging.dicom.Element;

/** Where values that a header only points to are read from. */
@FunctionalInterface
public interface BulkValues {
    /**
     * A part of a value in little endian.
     *
     * @param position of its first byte within the value
     * @param length in bytes; never beyond the end of the value
     */
    byte[] bytes(Element.Bulk value, long position, int length) throws IOException;
}
