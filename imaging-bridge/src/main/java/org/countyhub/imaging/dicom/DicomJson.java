package org.countyhub.imaging.dicom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * The DICOM JSON model (PS3.18 annex F). Text is UTF-8 in it (RFC 8259); SpecificCharacterSet says what it was before (PS3.18 section
 * F.2.2, note 3), which is what binary values of unknown representation have to be read by.
 */
public final class DicomJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private DicomJson() {}

    /** Where a value is found that is not in memory. */
    @FunctionalInterface
    public interface BulkLocator {
        /**
         * An address.
         *
         * @param path of the sequences around the element: tag and number of item, in turn
         */
        String uri(Element element, List<Integer> path);
    }

    /**
     * What one document may cost.
     *
     * @param bytes of the whole document
     * @param elements of all data sets and their sequences together
     * @param depth of sequences in sequences
     * @param dataSets in an array
     */
    public record Limits(long bytes, int elements, int depth, int dataSets) {
        public static final Limits DEFAULT = new Limits(48L << 20, 400_000, 32, 10_000);
    }

    /** Writes a data set as one object; text is UTF-8 whatever it was. Group lengths are left out (PS3.18 section F.2.2). */
    public static void write(Dataset dataset, OutputStream out, BulkLocator locator) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new DicomJsonWriter(json, locator).object(dataset, CharacterSet.DEFAULT);
        }
    }

    /**
     * The data set of one object, its text in UTF-8, which its SpecificCharacterSet says. Values that only have an address are left out.
     * Attributes may come in any order. Text is taken as it is, as {@link Dataset} does, written numbers (IS, DS) in quotes too.
     *
     * @throws org.countyhub.kernel.ProblemException Malformed with the place where it is none, such as {@code (0040,0275)[0].(0008,0050) at
     *     line 1, column 80}: also for what a value representation cannot hold, for one attribute twice, and for a backslash where that
     *     would part one value into two (PS3.18 section F.2.4); TooLarge beyond the limits
     * @throws IOException when the stream breaks
     */
    public static Dataset read(InputStream in, Limits limits) throws IOException {
        return DicomJsonReader.one(in, limits, true);
    }

    /**
     * The same of what {@link #write} wrote of an object some time ago, as crooked as the object was: numbers of IS and DS are taken
     * whatever they are, and group lengths passed over.
     */
    public static Dataset readKept(InputStream in, Limits limits) throws IOException {
        return DicomJsonReader.one(in, limits, false);
    }

    /**
     * The data sets of an array, each given away before the next is read. Those before a fault have been given away when it is found.
     *
     * @throws org.countyhub.kernel.ProblemException as {@link #read}; the place begins with the number of the data set, from 0
     * @throws IOException when the stream breaks
     */
    public static void readAll(InputStream in, Limits limits, Consumer<Dataset> to) throws IOException {
        DicomJsonReader.all(in, limits, to);
    }
}
