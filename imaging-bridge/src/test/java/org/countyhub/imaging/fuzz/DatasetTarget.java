package org.countyhub.imaging.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.DicomJson;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.QueryParser;
import org.countyhub.kernel.ProblemException;

/** Data sets. The first byte of an input chooses the transfer syntax. */
final class DatasetTarget implements FuzzTarget {
    private static final List<TransferSyntax> SYNTAXES = List.of(
            TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
            TransferSyntax.IMPLICIT_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_BIG_ENDIAN,
            TransferSyntax.DEFLATED_LITTLE_ENDIAN);

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Seeds.Sample sample : Seeds.samples()) {
            int syntax = SYNTAXES.indexOf(sample.meta().transferSyntax());
            seeds.add(Seeds.prefixed(Math.max(syntax, 0), sample.shortened()));
        }
        for (Seeds.Sample sample : Seeds.samples()) {
            if (sample.meta().transferSyntax().equals(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                    && sample.dataset().length < 12_000) {
                seeds.add(Seeds.prefixed(3, deflated(sample.dataset())));
            }
        }
        return seeds;
    }

    private static byte[] deflated(byte[] dataset) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream packed = new DeflaterOutputStream(out, new Deflater(9, true))) {
            packed.write(dataset);
        }
        return out.toByteArray();
    }

    @Override
    public void run(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        TransferSyntax syntax = SYNTAXES.get((input[0] & 0xFF) % SYNTAXES.size());
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        Dataset read = DatasetReader.read(new ByteArrayInputStream(bytes), syntax, DatasetReader.Limits.DEFAULT);
        use(read);
        if (!syntax.isBigEndian() && !syntax.isDeflated()) {
            byte[] once = written(read, bytes);
            Dataset again = DatasetReader.read(
                    new ByteArrayInputStream(once),
                    TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                    DatasetReader.Limits.DEFAULT);
            if (!Arrays.equals(written(again, once), once)) {
                throw new AssertionError("what is written is read as something else");
            }
        }
    }

    private static byte[] written(Dataset dataset, byte[] values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DatasetWriter.write(
                dataset,
                out,
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                (vr, position, length, to) -> to.write(values, (int) position, (int) length));
        return out.toByteArray();
    }

    /** All that is asked of a header. */
    static void use(Dataset header) throws IOException {
        Dataset readable = header.readable("GB18030");
        DicomJson.write(readable, OutputStream.nullOutputStream(), (element, path) -> "bulk");
        for (Element element : readable.elements()) {
            if (element instanceof Element.Bytes) {
                readable.strings(element.tag());
                readable.integers(element.tag());
                readable.decimals(element.tag());
            }
        }
        readable.inUtf8();
        try {
            QueryParser.ofIdentifier(
                    Level.STUDY,
                    readable.toBuilder().remove(Tag.PixelData).build(),
                    1_000,
                    true,
                    true,
                    (issuer, id) -> Set.of(new PatientKey("urn:test", id)));
        } catch (ProblemException e) {
            // It asks for nothing that can be asked for.
        }
    }
}
