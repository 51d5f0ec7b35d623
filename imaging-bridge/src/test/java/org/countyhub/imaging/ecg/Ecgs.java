package org.countyhub.imaging.ecg;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.render.Language;

/** Electrocardiograms to draw: the sample, and some that are made up. */
final class Ecgs {
    static final BulkValues NOTHING_LARGE = (value, position, length) -> {
        throw new AssertionError("no large value is there");
    };

    private Ecgs() {}

    /** The sample with its samples in memory. */
    static Dataset sample() {
        try {
            byte[] file = Files.readAllBytes(Samples.file("ecg-12lead.dcm"));
            int begin = 144 + ((file[140] & 0xFF) | (file[141] & 0xFF) << 8);
            ByteArrayInputStream in = new ByteArrayInputStream(file);
            Part10.FileMeta meta = Part10.read(in);
            Dataset header = DatasetReader.read(in, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
            List<Dataset> groups = new ArrayList<>();
            for (Dataset group : header.items(Tag.WaveformSequence)) {
                Dataset.Builder whole = group.toBuilder();
                if (group.element(Tag.WaveformData) instanceof Element.Bulk(int tag, Vr vr, long at, long length)) {
                    whole.set(new Element.Bytes(
                            tag, vr, Arrays.copyOfRange(file, begin + (int) at, begin + (int) (at + length))));
                }
                groups.add(whole.build());
            }
            return header.toBuilder().set(Tag.WaveformSequence, groups).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The samples of a channel of a group as they are written, 16 bits each. */
    static short[] raw(Dataset dataset, int group, int channel) {
        Dataset item = dataset.items(Tag.WaveformSequence).get(group);
        int channels = (int) item.integer(Tag.NumberOfWaveformChannels, 0);
        if (!(item.element(Tag.WaveformData) instanceof Element.Bytes data)) {
            throw new AssertionError("no data");
        }
        ByteBuffer values = ByteBuffer.wrap(data.value()).order(ByteOrder.LITTLE_ENDIAN);
        short[] raw = new short[data.value().length / 2 / channels];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = values.getShort(2 * (i * channels + channel));
        }
        return raw;
    }

    /** A channel in uV with a step of 10 uV. */
    static Dataset.Builder channel(String lead) {
        return Dataset.builder()
                .set(Tag.ChannelLabel, Vr.SH, lead)
                .set(Tag.ChannelSensitivity, Vr.DS, "10")
                .set(
                        Tag.ChannelSensitivityUnitsSequence,
                        List.of(Dataset.builder()
                                .set(Tag.CodeValue, Vr.SH, "uV")
                                .set(Tag.CodingSchemeDesignator, Vr.SH, "UCUM")
                                .build()));
    }

    /** A group of 16-bit samples, channel by channel for each moment, at 100 Hz. */
    static Dataset.Builder group(List<Dataset> channels, short... samples) {
        ByteBuffer data = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (short sample : samples) {
            data.putShort(sample);
        }
        return Dataset.builder()
                .set(Tag.WaveformOriginality, Vr.CS, "ORIGINAL")
                .set(Tag.NumberOfWaveformChannels, channels.size())
                .set(samples(samples.length / channels.size()))
                .set(Tag.SamplingFrequency, Vr.DS, "100")
                .set(Tag.ChannelDefinitionSequence, channels)
                .set(Tag.WaveformBitsAllocated, 16)
                .set(Tag.WaveformSampleInterpretation, Vr.CS, "SS")
                .set(new Element.Bytes(Tag.WaveformData, Vr.OW, data.array()));
    }

    static Element samples(long count) {
        return new Element.Bytes(
                Tag.NumberOfWaveformSamples,
                Vr.UL,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt((int) count)
                        .array());
    }

    static Dataset.Builder of(Dataset... groups) {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.PatientID, Vr.LO, "P1")
                .set(Tag.WaveformSequence, List.of(groups));
    }

    /** A recording of one channel. */
    static Dataset one(String lead, short... samples) {
        return of(group(List.of(channel(lead).build()), samples).build()).build();
    }

    static Electrocardiogram read(Dataset dataset, Presentation wanted) {
        try {
            return Electrocardiogram.read(dataset, dataset.string(Tag.PatientID, ""), wanted, NOTHING_LARGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Drawing draw(Dataset dataset, Presentation wanted) {
        return Drawing.parse(read(dataset, wanted).svg());
    }

    static Presentation with(Layout layout, double speed, double gain) {
        return new Presentation(layout, speed, gain, 0, 0, Language.EN);
    }
}
