package org.countyhub.imaging.ecg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.Problem;

/**
 * A part of an electrocardiogram: its leads over a time.
 *
 * @param leads in the order in which they are read
 * @param offset where the part begins, in seconds from the beginning of the recording
 * @param seconds how long the part is
 * @param total how long the recording is, in seconds
 * @param label what the group is called; empty where it has no name or several were taken
 */
public record Recording(List<Lead> leads, double offset, double seconds, double total, String label) {
    /** Of all channels in the part that is looked at: 64 channels of 1,000 Hz for 20 seconds, and some more. */
    private static final long MAX_SAMPLES = 2_000_000;

    private static final int MAX_GROUPS = 16;

    public Recording {
        leads = List.copyOf(leads);
    }

    /** A channel and the group that it is part of. */
    private record Place(MultiplexGroup group, int channel) {}

    /**
     * Reads leads. Without a group being named, each lead is that of the longest original group that has it: a device may keep its leads three by
     * three, and a rhythm strip besides.
     *
     * @param dataset a header; only the samples of the part are read
     * @param group its number from 1 on; 0 for the usual
     * @param offset where the part begins, in seconds
     * @param seconds how long the part is to be at most
     * @throws org.countyhub.kernel.ProblemException Unprocessable with the place where the waveforms are not what they say; BadSearch where
     *     the recording has no such group or part; TooCostly where the part has too many samples
     */
    public static Recording read(Dataset dataset, int group, double offset, double seconds, BulkValues values)
            throws IOException {
        List<MultiplexGroup> groups = groups(dataset, group);
        Map<String, Place> chosen = chosen(groups);
        List<MultiplexGroup> used =
                chosen.values().stream().map(Place::group).distinct().toList();
        double earliest =
                used.stream().mapToDouble(MultiplexGroup::offset).min().orElseThrow();
        double total = used.stream()
                .mapToDouble(one -> one.offset() - earliest + one.seconds())
                .max()
                .orElseThrow();
        if (offset >= total) {
            throw Problem.badSearch("offset", "offset: the recording is " + Text.number(total) + " seconds long");
        }
        List<Lead> leads = new ArrayList<>();
        long samples = 0;
        for (MultiplexGroup one : used) {
            Part part = Part.of(one, offset - (one.offset() - earliest), seconds);
            samples += part.count() * one.channels().size();
            if (samples > MAX_SAMPLES) {
                throw Wrong.tooLarge(
                        one.place(), Tag.WaveformData, "more than " + MAX_SAMPLES + " samples would be drawn");
            }
            Samples read = Samples.read(one, part, values);
            chosen.forEach((name, place) -> {
                if (place.group().number() == one.number()) {
                    leads.add(read.lead(name, place.channel(), one.offset() - earliest));
                }
            });
        }
        leads.sort(Comparator.comparingInt(lead -> LeadName.order(lead.name())));
        return new Recording(
                leads,
                offset,
                Math.min(seconds, total - offset),
                total,
                used.size() == 1 ? used.getFirst().label() : "");
    }

    private static List<MultiplexGroup> groups(Dataset dataset, int number) {
        List<Dataset> items = dataset.items(Tag.WaveformSequence);
        if (items.isEmpty()) {
            throw Wrong.at("", Tag.WaveformSequence, "there are no waveforms");
        }
        if (items.size() > MAX_GROUPS) {
            throw Wrong.tooLarge("", Tag.WaveformSequence, "more than " + MAX_GROUPS + " groups of channels");
        }
        if (number > items.size()) {
            throw Problem.badSearch("group", "group: the recording has " + items.size());
        }
        if (number > 0) {
            return List.of(MultiplexGroup.of(items.get(number - 1), number - 1));
        }
        List<MultiplexGroup> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            all.add(MultiplexGroup.of(items.get(i), i));
        }
        List<MultiplexGroup> original =
                all.stream().filter(MultiplexGroup::isOriginal).toList();
        return original.isEmpty() ? List.of(all.getFirst()) : original;
    }

    /** By names. Two channels of one name in one group are both kept, and told apart by their numbers. */
    private static Map<String, Place> chosen(List<MultiplexGroup> groups) {
        Map<String, Place> chosen = new LinkedHashMap<>();
        for (MultiplexGroup group : groups) {
            for (int i = 0; i < group.channels().size(); i++) {
                String name = group.channels().get(i).name();
                Place earlier = chosen.get(name);
                if (earlier == null || earlier.group().seconds() < group.seconds()) {
                    chosen.put(name, new Place(group, i));
                } else if (earlier.group().number() == group.number()) {
                    chosen.put(name + " #" + (i + 1), new Place(group, i));
                }
            }
        }
        return chosen;
    }

    /** Which samples of a group are looked at. */
    private record Part(long from, long to) {
        /** @param begin when it begins, in seconds from the first sample of the group */
        static Part of(MultiplexGroup group, double begin, double seconds) {
            double least =
                    group.channels().stream().mapToDouble(Channel::skew).min().orElse(0);
            double most =
                    group.channels().stream().mapToDouble(Channel::skew).max().orElse(0);
            long from = Math.clamp((long) Math.floor((begin - most) * group.frequency()), 0, group.samples());
            long to = Math.clamp(
                    (long) Math.ceil((begin + seconds - least) * group.frequency()) + 1, from, group.samples());
            return new Part(from, to);
        }

        long count() {
            return to - from;
        }
    }

    /** The samples of a part in little endian, channel by channel for each moment. */
    private record Samples(MultiplexGroup group, Part part, ByteBuffer bytes) {
        static Samples read(MultiplexGroup group, Part part, BulkValues values) throws IOException {
            int moment = group.channels().size() * group.format().width;
            long position = part.from() * moment;
            int length = (int) (part.count() * moment);
            byte[] bytes =
                    switch (group.data()) {
                        case Element.Bytes inline ->
                            Arrays.copyOfRange(inline.value(), (int) position, (int) position + length);
                        case Element.Bulk bulk -> length == 0 ? new byte[0] : values.bytes(bulk, position, length);
                        case Element.Fragments ignored -> throw new IllegalStateException();
                        case Element.Items ignored -> throw new IllegalStateException();
                    };
            return new Samples(group, part, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        }

        Lead lead(String name, int number, double base) {
            Channel channel = group.channels().get(number);
            float[] millivolts = new float[(int) part.count()];
            for (int i = 0; i < millivolts.length; i++) {
                long sample = group.format().at(bytes, i * group.channels().size() + number);
                boolean isGap = group.padding() != null && group.padding() == sample;
                millivolts[i] = isGap ? Float.NaN : (float) (sample * channel.scale() + channel.baseline());
            }
            return new Lead(
                    name,
                    channel.status(),
                    group.frequency(),
                    base + channel.skew() + part.from() / group.frequency(),
                    millivolts,
                    channel.filters());
        }
    }
}
