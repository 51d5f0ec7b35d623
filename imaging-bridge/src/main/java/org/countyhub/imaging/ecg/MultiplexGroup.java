package org.countyhub.imaging.ecg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Channels that were sampled together (PS3.3 section C.10.9.1), checked: what it says of its data is true of their length.
 *
 * @param place in the data set
 * @param number from 1 on
 * @param offset of its first sample from the time that the groups share, in seconds
 * @param samples of each channel
 * @param frequency samples a second
 * @param padding the sample that stands for none; null where there is no such
 * @param data the samples, channel by channel for each moment
 */
record MultiplexGroup(
        String place,
        int number,
        String label,
        boolean isOriginal,
        double offset,
        long samples,
        double frequency,
        SampleFormat format,
        List<Channel> channels,
        @Nullable Long padding,
        Element data) {
    private static final int MAX_CHANNELS = 64;
    private static final double MAX_FREQUENCY = 100_000;
    private static final double MAX_OFFSET = 365 * 86_400.0;

    static MultiplexGroup of(Dataset group, int index) {
        String place = Tag.text(Tag.WaveformSequence) + "[" + index + "]";
        double frequency = Channel.number(place, group, Tag.SamplingFrequency);
        if (frequency <= 0 || frequency > MAX_FREQUENCY) {
            throw Wrong.at(place, Tag.SamplingFrequency, "it is above 0 and at most 100,000 Hz");
        }
        double offset = Channel.optional(place, group, Tag.MultiplexGroupTimeOffset, 0) / 1_000;
        if (Math.abs(offset) > MAX_OFFSET) {
            throw Wrong.at(place, Tag.MultiplexGroupTimeOffset, "it is more than a year");
        }
        long samples = group.integer(Tag.NumberOfWaveformSamples, 0);
        if (samples < 1) {
            throw Wrong.at(place, Tag.NumberOfWaveformSamples, "there are no samples");
        }
        SampleFormat format = format(place, group);
        List<Channel> channels = channels(place, group, frequency);
        return new MultiplexGroup(
                place,
                index + 1,
                group.string(Tag.MultiplexGroupLabel, ""),
                group.string(Tag.WaveformOriginality, "ORIGINAL").equals("ORIGINAL"),
                offset,
                samples,
                frequency,
                format,
                channels,
                padding(place, group, format),
                data(place, group, samples * channels.size() * format.width));
    }

    private static SampleFormat format(String place, Dataset group) {
        SampleFormat format = SampleFormat.of(group.string(Tag.WaveformSampleInterpretation, ""))
                .orElseThrow(() -> Wrong.at(
                        place, Tag.WaveformSampleInterpretation, "samples of an ECG are SB, UB, SS, US, SL or UL"));
        if (group.integer(Tag.WaveformBitsAllocated, 0) != 8L * format.width) {
            throw Wrong.at(
                    place,
                    Tag.WaveformBitsAllocated,
                    "samples that are " + format + " have " + 8 * format.width + " bits");
        }
        return format;
    }

    private static List<Channel> channels(String place, Dataset group, double frequency) {
        long count = group.integer(Tag.NumberOfWaveformChannels, 0);
        if (count < 1 || count > MAX_CHANNELS) {
            throw Wrong.at(place, Tag.NumberOfWaveformChannels, "there are 1 to " + MAX_CHANNELS + " channels");
        }
        List<Dataset> definitions = group.items(Tag.ChannelDefinitionSequence);
        if (definitions.size() != count) {
            throw Wrong.at(
                    place,
                    Tag.ChannelDefinitionSequence,
                    count + " channels are announced, " + definitions.size() + " described");
        }
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < definitions.size(); i++) {
            String at = Wrong.under(place, Tag.ChannelDefinitionSequence) + "[" + i + "]";
            channels.add(Channel.of(at, i + 1, definitions.get(i), frequency));
        }
        return List.copyOf(channels);
    }

    private static @Nullable Long padding(String place, Dataset group, SampleFormat format) {
        return switch (group.element(Tag.WaveformPaddingValue)) {
            case Element.Bytes(int ignored, var representation, byte[] value)
            when value.length >= format.width ->
                format.at(ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN), 0);
            case Element.Bytes(int ignored, var representation, byte[] value) when value.length == 0 -> null;
            case null -> null;
            case Element ignored -> throw Wrong.at(place, Tag.WaveformPaddingValue, "it is no sample");
        };
    }

    /** Data of another length would be cut into the wrong channels. */
    private static Element data(String place, Dataset group, long expected) {
        @Nullable Element data = group.element(Tag.WaveformData);
        if (data == null) {
            throw Wrong.at(place, Tag.WaveformData, "it is missing");
        }
        long length =
                switch (data) {
                    case Element.Bytes bytes -> bytes.value().length;
                    case Element.Bulk bulk -> bulk.length();
                    case Element.Fragments ignored -> throw Wrong.at(place, Tag.WaveformData, "it is no value");
                    case Element.Items ignored -> throw Wrong.at(place, Tag.WaveformData, "it is no value");
                };
        if (length != expected + (expected & 1)) {
            throw Wrong.at(
                    place, Tag.WaveformData, "it has " + length + " bytes; channels, samples and bits say " + expected);
        }
        return data;
    }

    /** How long it is, in seconds. */
    double seconds() {
        return samples / frequency;
    }
}
