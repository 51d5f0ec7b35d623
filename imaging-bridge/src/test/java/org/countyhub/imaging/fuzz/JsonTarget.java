package org.countyhub.imaging.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.DicomJson;
import org.countyhub.kernel.ProblemException;

/** The DICOM JSON model. */
final class JsonTarget implements FuzzTarget {
    private static final int LONGEST = 12_000;

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Seeds.Sample sample : Seeds.samples()) {
            try {
                byte[] json = written(DatasetReader.read(
                        new ByteArrayInputStream(sample.dataset()),
                        sample.meta().transferSyntax(),
                        DatasetReader.Limits.DEFAULT));
                seeds.add(json.length > LONGEST ? Arrays.copyOf(json, LONGEST) : json);
            } catch (ProblemException e) {
                // One of the malformed ones.
            }
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) throws IOException {
        // Spaces around values go the first time; what is left must stay.
        byte[] twice = written(read(written(read(input))));
        if (!Arrays.equals(written(read(twice)), twice)) {
            throw new AssertionError("what is written is read as something else");
        }
    }

    private static Dataset read(byte[] json) throws IOException {
        return DicomJson.read(new ByteArrayInputStream(json), DicomJson.Limits.DEFAULT);
    }

    private static byte[] written(Dataset dataset) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomJson.write(dataset, out, (element, path) -> "bulk");
        return out.toByteArray();
    }
}
