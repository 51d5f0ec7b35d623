package org.countyhub.imaging.study.outgoing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Uid;
import org.countyhub.imaging.dicom.media.Dicomdir;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * Instances as a file-set in a ZIP file, that import stations read as they read a disc: files in {@code DICOM/S0001/I0001}, a folder for each series,
 * a DICOMDIR (PS3.10 section 8, PS3.3 annex F), and a text for people who open it. Each instance goes in the transfer syntax that it is kept in,
 * with the patient as whoever asks knows them. It is written as it goes: in memory are a buffer and some hundred bytes for each instance.
 */
public final class MediaArchive {
    private static final String AE_TITLE = "COUNTYHUB";
    private static final String ROOT = "DICOM";
    private static final String README = "README.TXT";
    private static final int BUFFER = 64 * 1024;
    /** As many instances are given as one archive; each takes about a kilobyte of memory until its end. */
    public static final int MOST = 30_000;

    private final OutgoingInstances outgoing;
    private final BlobStore blobs;

    public MediaArchive(OutgoingInstances outgoing, BlobStore blobs) {
        this.outgoing = outgoing;
        this.blobs = blobs;
    }

    /** A ZIP file whose entries are deflated through a buffer that is worth a call. */
    private static final class Zip extends ZipOutputStream {
        Zip(OutputStream out) {
            super(out);
            buf = new byte[BUFFER];
        }

        void begin(String name, int level) throws IOException {
            setLevel(level);
            putNextEntry(new ZipEntry(name));
        }
    }

    /** An archive that is ready to be written, to one who asks. */
    public final class Ready {
        private final Source asking;
        private final List<Stored> instances;

        private Ready(Source asking, List<Stored> instances) {
            this.asking = asking;
            this.instances = instances;
        }

        /**
         * Writes it; the stream stays open. When an instance cannot be read the archive breaks off and has no end.
         *
         * @throws IOException when a stream breaks
         */
        public void writeTo(OutputStream out) throws IOException {
            Zip zip = new Zip(new BufferedOutputStream(out, BUFFER));
            zip.begin(README, Deflater.BEST_SPEED);
            zip.write(readme());
            zip.closeEntry();
            Dicomdir directory = new Dicomdir();
            OutgoingInstances.For to = outgoing.to(asking);
            Map<String, Integer> folders = new HashMap<>();
            Map<String, Integer> files = new HashMap<>();
            for (Stored stored : instances) {
                int folder = folders.computeIfAbsent(stored.seriesUid(), uid -> folders.size() + 1);
                int file = files.merge(stored.seriesUid(), 1, Integer::sum);
                add(zip, directory, to, stored, name('S', folder), name('I', file));
            }
            zip.begin(Dicomdir.NAME, Deflater.BEST_SPEED);
            directory.writeTo(zip, Uid.of(UUID.randomUUID()));
            zip.closeEntry();
            zip.finish();
            zip.flush();
        }
    }

    /**
     * An archive of instances.
     *
     * @param asking who is to read it
     * @param instances series by series; Problem.TooCostly for more than {@link #MOST}
     */
    public Ready of(Source asking, List<Stored> instances) {
        if (instances.size() > MOST) {
            throw new Problem.TooCostly(List.of(
                            Fault.of("too-costly", "more than " + MOST + " instances are not given as one archive")))
                    .exception();
        }
        return new Ready(asking, instances);
    }

    private static String name(char kind, int number) {
        return String.format(Locale.ROOT, "%c%04d", kind, number);
    }

    private void add(Zip zip, Dicomdir directory, OutgoingInstances.For to, Stored stored, String folder, String file)
            throws IOException {
        TransferSyntax kept = stored.transferSyntax();
        // Nothing is written in big endian, which is retired (PS3.5 section A.3).
        TransferSyntax syntax = kept.isBigEndian() && !to.asKept(stored) ? TransferSyntax.EXPLICIT_LITTLE_ENDIAN : kept;
        Outgoing instance = to.prepare(stored, syntax);
        Part10.FileMeta meta =
                new Part10.FileMeta(instance.transferSyntax(), stored.sopClassUid(), stored.sopInstanceUid());
        directory.add(meta, to.header(stored), ROOT, folder, file);
        // What is compressed already costs time and gains nothing.
        zip.begin(
                ROOT + "/" + folder + "/" + file,
                syntax.isNative() && !syntax.isDeflated() ? Deflater.BEST_SPEED : Deflater.NO_COMPRESSION);
        if (instance.asKept()) {
            new StoredValues(blobs, stored).file(0, stored.size(), zip);
        } else {
            zip.write(Part10.header(meta, AE_TITLE));
            instance.data().writeTo(zip);
        }
        zip.closeEntry();
    }

    private static byte[] readme() throws IOException {
        try (InputStream in = Objects.requireNonNull(MediaArchive.class.getResourceAsStream("/media/" + README))) {
            return in.readAllBytes();
        }
    }
}
