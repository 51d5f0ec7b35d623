package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import org.countyhub.imaging.study.Metadata;

/** Joins the objects of instances to one JSON array. Close it. */
sealed interface Splice extends AutoCloseable permits GzipSplice, JsonSplice {
    void add(Metadata metadata) throws IOException;

    /** Ends the array; an array of nothing where nothing was added. */
    void finish() throws IOException;

    @Override
    void close();
}
